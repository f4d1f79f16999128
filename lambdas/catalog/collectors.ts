import { COST_WINDOW, type History, INVENTORY, PROJECT_WINDOW, RESOURCES } from './history';

/** The settings that switch a part of a collector on or off: `false` and an empty array are off. */
export type Switch = 'resourceServices' | 'roleCosts';

/** The settings that add queries: each attribution rule, each project with usage types, and each switch that is on. */
export type QueryDriver = 'attribution' | 'projectUsageTypes' | Switch;

/** A job of the Pushgateway. It has one group for each account. */
export interface JobDefinition {
  readonly help: string;
  /** Adds the Region to the job's name, as XC3 does: `<job>_<region>`. */
  readonly perRegion: boolean;
  readonly history: History;
}

/** One row of the table of collectors. */
export interface CollectorDefinition {
  readonly description: string;
  /** The IAM actions that the commands of its source need; the function's role allows no others. */
  readonly actions: readonly string[];
  /** Further actions that it needs only while a setting is on (actions.ts). @default none */
  readonly actionsWith?: Readonly<Partial<Record<Switch, readonly string[]>>>;
  /** The jobs it pushes besides its health. Jobs that XC3 also has keep XC3's names. */
  readonly jobs: Readonly<Record<string, JobDefinition>>;
  /** Names of the settings that it reads, besides those of every function (function-settings.ts checks them). */
  readonly settings: readonly string[];
  /** Cost Explorer queries per run and account. Each page of an answer is one billed request. */
  readonly costExplorerQueries: number;
  /** Additional queries for each item of a setting. */
  readonly queriesPer: Readonly<Partial<Record<QueryDriver, number>>>;
  /** A run in the management account covers all accounts of its organization. @default each account has its own run */
  readonly coversOrganization?: true;
  /** One run covers all accounts of the suite, so members are not entered. @default false */
  readonly oneRunForAll?: true;
  /** The setting without which it is not deployed. @default none */
  readonly needs?: 'digest';
  /** Default hours of its schedule, in the time zone of the setting `timeZone`. */
  readonly hours: readonly number[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Automatic retries of a failed run; 0 if a retry would post a message twice. @default 1 */
  readonly retries?: 0;
}

/** Every collector. Stack, permissions, schedules, alarms, price and documentation follow from these rows. */
export const COLLECTORS = {
  'iam-users': {
    description: 'Lists the IAM users of the account.',
    actions: ['iam:ListUsers'],
    jobs: {
      IAM_User_Details: { help: 'The IAM users of an account.', perRegion: false, history: INVENTORY },
    },
    settings: ['maxInventory'],
    costExplorerQueries: 0,
    queriesPer: {},
    hours: [5],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  'user-costs': {
    description: 'Reports the cost of every user and resource by Region.',
    actions: ['ce:GetCostAndUsage', 'iam:ListUsers'],
    actionsWith: { resourceServices: ['ce:GetCostAndUsageWithResources', 'tag:GetResources'] },
    jobs: {
      IAM_User_Total_Services_Cost_List: {
        help: 'The cost of each user in one Region.',
        perRegion: true,
        history: COST_WINDOW,
      },
      IAM_User_Resource_List_Cost: {
        help: 'The cost and the owner of each resource in one Region.',
        perRegion: true,
        history: RESOURCES,
      },
    },
    settings: [
      'ownerTag',
      'attribution',
      'regions',
      'costDays',
      'resourceDays',
      'settleDays',
      'resourceServices',
      'maxInventory',
      'maxSeries',
      'maxRoleSessions',
    ],
    costExplorerQueries: 1,
    queriesPer: { resourceServices: 1, attribution: 1 },
    hours: [6],
    memoryMb: 1024,
    timeoutSeconds: 600,
  },
  roles: {
    description: 'Lists the IAM roles with their last use and the resources that run under them.',
    actions: ['account:ListRegions', 'ec2:DescribeInstances', 'iam:GetAccountAuthorizationDetails'],
    actionsWith: { roleCosts: ['ce:GetCostAndUsageWithResources'] },
    jobs: {
      'IAM-roles-all': { help: 'The IAM roles of an account.', perRegion: false, history: INVENTORY },
      'IAM-roles-service-data': {
        help: 'The resources that run under each role in one Region.',
        perRegion: true,
        history: INVENTORY,
      },
      'IAM-roles-service-cost': {
        help: 'The cost of the resources that run under each role in one Region; only with the setting roleCosts.',
        perRegion: true,
        history: RESOURCES,
      },
    },
    settings: [
      'regions',
      'roleCosts',
      'resourceDays',
      'settleDays',
      'resourceServices',
      'maxInventory',
      'maxSeries',
    ],
    costExplorerQueries: 0,
    queriesPer: { roleCosts: 1 },
    hours: [5],
    memoryMb: 1024,
    timeoutSeconds: 600,
  },
  accounts: {
    description: 'Reports the cost of every account by month, and a forecast for the current month.',
    actions: [
      'ce:GetCostAndUsage',
      'ce:GetCostForecast',
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
    ],
    jobs: {
      Linked_Accounts: { help: 'The accounts of the organization.', perRegion: false, history: INVENTORY },
      Total_Account_Cost: {
        help: 'The cost of each account by month.',
        perRegion: false,
        history: { from: 'the first day; months before the oldest day are absent' },
      },
      Total_Account_Cost_Forecast: {
        help: 'The forecast for the current month.',
        perRegion: false,
        history: { none: 'Cost Explorer forecasts only days that are not over.' },
      },
    },
    settings: ['settleDays'],
    costExplorerQueries: 3,
    queriesPer: {},
    coversOrganization: true,
    hours: [7],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  services: {
    description: 'Reports the cost of every service by Region.',
    actions: ['ce:GetCostAndUsage'],
    jobs: {
      Services_Cost: {
        help: 'The cost of each service in one Region.',
        perRegion: true,
        history: COST_WINDOW,
      },
    },
    settings: ['regions', 'costDays', 'settleDays', 'maxSeries'],
    costExplorerQueries: 2,
    queriesPer: {},
    hours: [7],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  projects: {
    description: 'Reports the cost of every project by service.',
    actions: ['ce:GetCostAndUsage'],
    jobs: {
      'Project-Spend-Cost': {
        help: 'The cost of each project, in total and by service.',
        perRegion: false,
        history: PROJECT_WINDOW,
      },
      'Project-Usage': {
        help: 'Cost and usage by usage type of the projects in projectUsageTypes.',
        perRegion: false,
        history: PROJECT_WINDOW,
      },
    },
    settings: ['regions', 'projectTag', 'projectDays', 'projectUsageTypes', 'settleDays', 'maxSeries'],
    costExplorerQueries: 2,
    queriesPer: { projectUsageTypes: 1 },
    hours: [7],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  tags: {
    description: 'Lists the resources that lack a required tag.',
    actions: ['account:ListRegions', 'tag:GetResources'],
    jobs: {
      TaggingResourceList: {
        help: 'The resources of one Region that lack a required tag.',
        perRegion: true,
        history: INVENTORY,
      },
    },
    settings: ['regions', 'requiredTags', 'maxInventory'],
    costExplorerQueries: 0,
    queriesPer: {},
    hours: [5],
    memoryMb: 512,
    timeoutSeconds: 600,
  },
  digest: {
    description: 'Posts a cost report to a chat channel, from the metrics in Prometheus.',
    actions: [],
    jobs: {},
    settings: ['digest', 'costDays', 'settleDays', 'hours'],
    costExplorerQueries: 0,
    queriesPer: {},
    needs: 'digest',
    oneRunForAll: true,
    hours: [8],
    memoryMb: 256,
    timeoutSeconds: 120,
    retries: 0,
  },
} as const satisfies Record<string, CollectorDefinition>;

export type CollectorName = keyof typeof COLLECTORS;

/** Returns the row of a collector; undefined for a collector of a user. */
export function catalogRow(collector: string): CollectorDefinition | undefined {
  return Object.hasOwn(COLLECTORS, collector) ? COLLECTORS[collector as CollectorName] : undefined;
}
