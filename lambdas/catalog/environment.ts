/** An account that is entered by assuming a role in it. */
export interface Member {
  readonly accountId: string;
  readonly roleArn: string;
  readonly externalId?: string;
}

export const METRIC_PROFILES = ['tollgate', 'xc3'] as const;
export type MetricProfile = (typeof METRIC_PROFILES)[number];

/** How a webhook wants its message. */
export const WEBHOOK_FORMATS = ['slack', 'teams', 'webhook'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** What the text of an environment variable is: as it is, or JSON where it has members. */
export type VariableType =
  | 'text'
  | 'url'
  | 'integer'
  | 'flag'
  | 'list'
  | 'rules'
  | 'members'
  | 'names'
  | 'profile'
  | 'format';

export interface VariableDefinition {
  readonly type: VariableType;
  readonly required: boolean;
  readonly help: string;
}

/** Every environment variable that a function reads: the contract between the stack and the handlers. */
export const ENVIRONMENT = {
  TOLLGATE_PUSHGATEWAY_URL: {
    type: 'url',
    required: true,
    help: 'Where to push: an http or https URL, or stdout: to print the exposition text.',
  },
  TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN: {
    type: 'text',
    required: false,
    help: 'ARN of the secret that holds the request headers for the gateway, as a JSON object of texts.',
  },
  TOLLGATE_DEPLOYMENT: {
    type: 'text',
    required: false,
    help: 'Value of the grouping key deployment: tells several installations on one gateway apart.',
  },
  TOLLGATE_MEMBERS: {
    type: 'members',
    required: false,
    help: 'Further accounts, as a JSON list of accountId, roleArn and, where the role wants it, externalId.',
  },
  TOLLGATE_METRIC_PROFILE: {
    type: 'profile',
    required: true,
    help: 'Under which names the samples are pushed: tollgate, or xc3.',
  },
  TOLLGATE_ACCOUNT_NAMES: {
    type: 'names',
    required: false,
    help: 'Names of accounts for the profile xc3, as a JSON object by account id.',
  },
  TOLLGATE_OWNER_TAG: {
    type: 'text',
    required: true,
    help: 'Key of the cost allocation tag that names the owner.',
  },
  TOLLGATE_ATTRIBUTION: {
    type: 'rules',
    required: true,
    help: 'Rules of attribution, as a JSON list, in the order they are tried.',
  },
  TOLLGATE_REGIONS: {
    type: 'list',
    required: false,
    help: 'Regions in scope, as Cost Explorer names them; without it, those it names.',
  },
  TOLLGATE_COST_DAYS: { type: 'integer', required: true, help: 'Whole days of the cost window.' },
  TOLLGATE_RESOURCE_DAYS: { type: 'integer', required: true, help: 'Whole days of the resource window.' },
  TOLLGATE_SETTLE_DAYS: {
    type: 'integer',
    required: true,
    help: 'The last day of a window is this many days ago.',
  },
  TOLLGATE_RESOURCE_SERVICES: {
    type: 'list',
    required: true,
    help: 'Services, by their Cost Explorer names, whose resources are asked for.',
  },
  TOLLGATE_MAX_SERIES: {
    type: 'integer',
    required: true,
    help: 'Series a job may hold before the smallest fold.',
  },
  TOLLGATE_MAX_ROLE_SESSIONS: {
    type: 'integer',
    required: true,
    help: 'Role sessions a Region may show before the smallest fold.',
  },
  TOLLGATE_PROJECT_TAG: {
    type: 'text',
    required: true,
    help: 'Key of the cost allocation tag that names the project.',
  },
  TOLLGATE_PROJECT_DAYS: { type: 'integer', required: true, help: 'Whole days of the project window.' },
  TOLLGATE_PROJECT_USAGE_TYPES: {
    type: 'list',
    required: true,
    help: 'Projects whose usage types are asked for; each is a query.',
  },
  TOLLGATE_REQUIRED_TAGS: {
    type: 'list',
    required: true,
    help: 'Keys of the tags that every resource should have.',
  },
  TOLLGATE_ROLE_COSTS: {
    type: 'flag',
    required: true,
    help: 'Whether roles asks for the cost of what runs under them, which is a query.',
  },
  TOLLGATE_PROMETHEUS_URL: {
    type: 'url',
    required: true,
    help: 'The Prometheus that the digest reads.',
  },
  TOLLGATE_PROMETHEUS_HEADERS_SECRET_ARN: {
    type: 'text',
    required: false,
    help: 'ARN of the secret that holds the request headers for Prometheus, as a JSON object of texts.',
  },
  TOLLGATE_WEBHOOK_SECRET_ARN: {
    type: 'text',
    required: true,
    help: 'ARN of the secret that holds the URL of the webhook.',
  },
  TOLLGATE_WEBHOOK_FORMAT: {
    type: 'format',
    required: true,
    help: 'What the webhook takes: slack, teams, or webhook (plain JSON).',
  },
  TOLLGATE_MAX_REQUESTS: {
    type: 'integer',
    required: true,
    help: 'Cost Explorer requests a run may send for an account, pages and retries included.',
  },
} as const satisfies Record<string, VariableDefinition>;

export type VariableName = keyof typeof ENVIRONMENT;

/** Read by every function. */
export const EVERY_FUNCTION = [
  'TOLLGATE_PUSHGATEWAY_URL',
  'TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN',
  'TOLLGATE_DEPLOYMENT',
  'TOLLGATE_MEMBERS',
  'TOLLGATE_METRIC_PROFILE',
  'TOLLGATE_ACCOUNT_NAMES',
] as const satisfies readonly VariableName[];
