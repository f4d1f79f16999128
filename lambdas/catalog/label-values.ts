import type { CollectorName } from './collectors';

/** A value of a label: what it means, and which collectors use it. */
export interface LabelValueDefinition {
  readonly meaning: string;
  /** Empty for collectors of users. @default every collector that has the label */
  readonly collectors?: readonly CollectorName[];
}

type LabelValues = Readonly<Record<string, LabelValueDefinition>>;

/** The parts of a run that can fail on their own. */
const PARTS = {
  collect: { meaning: 'Everything: the collector threw an error and published nothing.' },
  group: {
    meaning:
      'A group of a collector of your own: its function threw an error, or its metrics cannot be published.',
    collectors: [],
  },
  users: { meaning: 'The IAM users.', collectors: ['iam-users'] },
  user_costs: { meaning: 'The cost by user.', collectors: ['user-costs'] },
  resource_costs: { meaning: 'The cost by resource.', collectors: ['user-costs'] },
  roles: { meaning: 'The IAM roles, or the trust policy of one role.', collectors: ['roles'] },
  role_resources: { meaning: 'The EC2 instances that run under a role.', collectors: ['roles'] },
  role_costs: { meaning: 'The cost of the EC2 instances that run under a role.', collectors: ['roles'] },
  accounts: { meaning: 'The accounts of the organization.', collectors: ['accounts'] },
  account_costs: { meaning: 'The cost by account and month.', collectors: ['accounts'] },
  forecast: { meaning: 'The forecast for the current month.', collectors: ['accounts'] },
  service_costs: { meaning: 'The cost by service.', collectors: ['services'] },
  project_costs: { meaning: 'The cost by project.', collectors: ['projects'] },
  project_usage: {
    meaning: 'The usage types of the projects in `projectUsageTypes`.',
    collectors: ['projects'],
  },
  tags: { meaning: 'The resources of the Tagging API.', collectors: ['tags'] },
  digest: { meaning: 'A section of the report, or its post to the channel.', collectors: ['digest'] },
  push: { meaning: 'The push of a group to the Pushgateway.' },
  delete: { meaning: 'The deletion of a group that is no longer published.' },
  ledger: { meaning: 'The record of runs and groups in the ledger; without it nothing is deleted.' },
  health: { meaning: 'The push of the health metrics of the run.' },
} as const satisfies LabelValues;

/** The reasons by which failures are counted. */
const REASONS = {
  denied: { meaning: 'AWS denied the request: a permission is missing, or the credentials are invalid.' },
  expired: { meaning: 'The credentials expired during the run; the retry has new ones.' },
  not_enabled: { meaning: 'Cost Explorer is not enabled in the account.' },
  throttled: { meaning: 'AWS throttled the request and all its retries.' },
  timeout: { meaning: 'AWS or the Pushgateway did not answer in time.' },
  request_cap: { meaning: 'The run reached its cap of Cost Explorer requests, the setting `maxRequests`.' },
  no_data: { meaning: 'Cost Explorer has no data for the request.' },
  bad_answer: { meaning: 'AWS, or a proxy in between, answered without the requested data.' },
  bad_amount: { meaning: 'An amount was empty, not decimal or in another currency than USD.' },
  gateway: { meaning: 'The Pushgateway rejected the request or could not be reached.' },
  other: { meaning: 'Any other error; its message is in the log of the function.' },
} as const satisfies LabelValues;

/** The outcomes of one attempt to call AWS; each retry is an attempt. */
const OUTCOMES = {
  ok: { meaning: 'AWS answered the request.' },
  throttled: { meaning: 'AWS throttled the request.' },
  denied: { meaning: 'AWS denied the request.' },
  timeout: { meaning: 'AWS did not answer in time.' },
  error: { meaning: 'Any other error.' },
} as const satisfies LabelValues;

/** The breakdowns that are compared with a separately requested total. */
const BREAKDOWNS = {
  user: { meaning: 'Billed cost by user.', collectors: ['user-costs'] },
  resource: { meaning: 'Billed cost by resource.', collectors: ['user-costs'] },
  account: { meaning: 'Billed cost by account and month.', collectors: ['accounts'] },
  service: { meaning: 'Billed cost by service.', collectors: ['services'] },
  service_effective: { meaning: 'Effective cost by service.', collectors: ['services'] },
  project: { meaning: 'Billed cost by project.', collectors: ['projects'] },
} as const satisfies LabelValues;

/** The lists whose rows are aggregated or only counted beyond a limit. */
const LISTS = {
  users: { meaning: 'IAM users, up to `maxInventory`.', collectors: ['iam-users'] },
  roles: { meaning: 'IAM roles, up to `maxInventory`.', collectors: ['roles'] },
  untagged_resources: {
    meaning: 'Resources of a Region that lack a required tag, up to `maxInventory`.',
    collectors: ['tags'],
  },
  owners: {
    meaning: 'Owners of cost in a Region: IAM users up to `maxInventory`, other owners up to `maxSeries`.',
    collectors: ['user-costs'],
  },
  role_sessions: {
    meaning: 'Role sessions with cost in a Region, up to `maxRoleSessions`.',
    collectors: ['user-costs'],
  },
  resources: { meaning: 'Resources with cost in a Region, up to `maxSeries`.', collectors: ['user-costs'] },
  role_resources: {
    meaning: 'Resources that run under a role in a Region, up to `maxSeries`.',
    collectors: ['roles'],
  },
  role_costs: {
    meaning: 'Costs of resources that run under a role in a Region, up to `maxSeries`.',
    collectors: ['roles'],
  },
  services: { meaning: 'Services with cost in a Region, up to `maxSeries`.', collectors: ['services'] },
  projects: { meaning: 'Projects, up to a third of `maxSeries`.', collectors: ['projects'] },
  project_services: { meaning: 'Services of projects, up to `maxSeries`.', collectors: ['projects'] },
  project_usage: {
    meaning: 'Usage types of the projects in `projectUsageTypes`, up to `maxSeries`.',
    collectors: ['projects'],
  },
} as const satisfies LabelValues;

/** The labels whose values are known: the types and docs/metrics.md follow from these rows. */
export const LABEL_VALUES = {
  breakdown: BREAKDOWNS,
  list: LISTS,
  part: PARTS,
  reason: REASONS,
  outcome: OUTCOMES,
} as const satisfies Readonly<Record<string, LabelValues>>;

/** A breakdown that is compared with a separately requested total. */
export type Breakdown = keyof typeof BREAKDOWNS;
/** A list whose rows are aggregated or only counted beyond a limit. */
export type List = keyof typeof LISTS;
/** A part of a run that can fail on its own. */
export type Part = keyof typeof PARTS;
/** The reason by which a failure is counted. */
export type Reason = keyof typeof REASONS;
/** The outcome of one attempt to call AWS. */
export type Outcome = keyof typeof OUTCOMES;

/** The values that a label may have. */
export type LabelValue<L extends string> = L extends keyof typeof LABEL_VALUES
  ? keyof (typeof LABEL_VALUES)[L]
  : string;
