/** How the text of an environment variable is read: as it is, as a URL, as a whole number, as a JSON list of texts or of rules. */
export type VariableType = 'text' | 'url' | 'integer' | 'list' | 'rules';

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
  TOLLGATE_MAX_REQUESTS: {
    type: 'integer',
    required: true,
    help: 'Cost Explorer requests a run may send, pages and retries included.',
  },
} as const satisfies Record<string, VariableDefinition>;

export type VariableName = keyof typeof ENVIRONMENT;

/** Read by every function. */
export const EVERY_FUNCTION = [
  'TOLLGATE_PUSHGATEWAY_URL',
  'TOLLGATE_PUSHGATEWAY_HEADERS_SECRET_ARN',
  'TOLLGATE_DEPLOYMENT',
] as const satisfies readonly VariableName[];
