import type { VariableName } from './environment';
import type { JobName } from './jobs';

export interface CollectorDefinition {
  readonly description: string;
  /** IAM actions of the SDK commands that its source sends; the function's role allows these and no others. */
  readonly actions: readonly string[];
  /** The jobs it pushes, besides its health. */
  readonly jobs: readonly JobName[];
  /** The environment variables it reads, besides those of every function. */
  readonly environment: readonly VariableName[];
  /** Queries to Cost Explorer a run and account; each page of an answer is one billed request. */
  readonly costExplorerQueries: number;
  /** More of them for each rule of attribution. */
  readonly queriesPerRule: number;
  /** Hours of the day, in the setting `timeZone`, at which it runs unless the settings say otherwise. */
  readonly hours: readonly number[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

/** Every collector: the stack, its permissions, schedules, alarms, price and docs follow from these rows. */
export const COLLECTORS = {
  'iam-users': {
    description: 'Who exists: every IAM user of the account.',
    actions: ['iam:ListUsers'],
    jobs: ['IAM_User_Details'],
    environment: [],
    costExplorerQueries: 0,
    queriesPerRule: 0,
    hours: [5],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  'user-costs': {
    description: 'What every user and resource cost, by Region.',
    actions: ['ce:GetCostAndUsage', 'ce:GetCostAndUsageWithResources', 'iam:ListUsers', 'tag:GetResources'],
    jobs: ['IAM_User_Total_Services_Cost_List', 'IAM_User_Resource_List_Cost'],
    environment: [
      'TOLLGATE_OWNER_TAG',
      'TOLLGATE_ATTRIBUTION',
      'TOLLGATE_REGIONS',
      'TOLLGATE_COST_DAYS',
      'TOLLGATE_RESOURCE_DAYS',
      'TOLLGATE_SETTLE_DAYS',
      'TOLLGATE_RESOURCE_SERVICES',
      'TOLLGATE_MAX_SERIES',
      'TOLLGATE_MAX_ROLE_SESSIONS',
      'TOLLGATE_MAX_REQUESTS',
    ],
    costExplorerQueries: 2,
    queriesPerRule: 1,
    hours: [6],
    memoryMb: 1024,
    timeoutSeconds: 600,
  },
} as const satisfies Record<string, CollectorDefinition>;

export type CollectorName = keyof typeof COLLECTORS;
