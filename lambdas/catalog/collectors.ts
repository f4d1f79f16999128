/** Settings that add queries: each rule of attribution, each project with usage types, and the switch roleCosts. */
export type QueryDriver = 'attribution' | 'projectUsageTypes' | 'roleCosts';

/** A job of the Pushgateway; it has a group an account. */
export interface JobDefinition {
  readonly help: string;
  /** The Region is part of the job's name, as in XC3: `<job>_<region>`. */
  readonly perRegion: boolean;
}

export interface CollectorDefinition {
  readonly description: string;
  /** IAM actions of the SDK commands that its source sends; the function's role allows these and no others. */
  readonly actions: readonly string[];
  /** The jobs it pushes, besides its health, under XC3's names where XC3 has the workflow. */
  readonly jobs: Readonly<Record<string, JobDefinition>>;
  /** Names of the settings that it reads, besides those of every function (function-settings.ts checks them). */
  readonly settings: readonly string[];
  /** Queries to Cost Explorer a run and account; each page of an answer is one billed request. */
  readonly costExplorerQueries: number;
  /** More of them, for each item of these settings. */
  readonly queriesPer: Readonly<Partial<Record<QueryDriver, number>>>;
  /** One run of the management account answers for all accounts of its organization. */
  readonly coversOrganization?: true;
  /** One run answers for all accounts of the suite, so members are not entered. */
  readonly oneRunForAll?: true;
  /** The settings that it needs to be deployed at all. */
  readonly needs?: 'digest';
  /** Hours of the day, in the setting `timeZone`, at which it runs unless the settings say otherwise. */
  readonly hours: readonly number[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Automatic retries of a failed run: what is posted to people must not be posted twice. @default 1 */
  readonly retries?: 0;
}

/** Every collector: the stack, its permissions, schedules, alarms, price and docs follow from these rows. */
export const COLLECTORS = {
  'iam-users': {
    description: 'Who exists: every IAM user of the account.',
    actions: ['iam:ListUsers'],
    jobs: {
      IAM_User_Details: { help: 'Who exists: the IAM users of an account.', perRegion: false },
    },
    settings: ['maxSeries'],
    costExplorerQueries: 0,
    queriesPer: {},
    hours: [5],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  'user-costs': {
    description: 'What every user and resource cost, by Region.',
    actions: ['ce:GetCostAndUsage', 'ce:GetCostAndUsageWithResources', 'iam:ListUsers', 'tag:GetResources'],
    jobs: {
      IAM_User_Total_Services_Cost_List: { help: 'What each user cost in one Region.', perRegion: true },
      IAM_User_Resource_List_Cost: {
        help: 'What each resource cost in one Region, and who owns it.',
        perRegion: true,
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
      'maxSeries',
      'maxRoleSessions',
    ],
    costExplorerQueries: 2,
    queriesPer: { attribution: 1 },
    hours: [6],
    memoryMb: 1024,
    timeoutSeconds: 600,
  },
  roles: {
    description: 'Which IAM roles exist, when they were used, and what runs under them.',
    actions: [
      'account:ListRegions',
      'ce:GetCostAndUsageWithResources',
      'ec2:DescribeInstances',
      'iam:GetAccountAuthorizationDetails',
    ],
    jobs: {
      'IAM-roles-all': { help: 'The IAM roles of an account.', perRegion: false },
      'IAM-roles-service-data': { help: 'What runs under each role in one Region.', perRegion: true },
    },
    settings: ['regions', 'roleCosts', 'resourceDays', 'settleDays', 'resourceServices', 'maxSeries'],
    costExplorerQueries: 0,
    queriesPer: { roleCosts: 1 },
    hours: [5],
    memoryMb: 1024,
    timeoutSeconds: 600,
  },
  accounts: {
    description: 'What every account cost by month, and where the month will end.',
    actions: [
      'ce:GetCostAndUsage',
      'ce:GetCostForecast',
      'organizations:DescribeOrganization',
      'organizations:ListAccounts',
    ],
    jobs: {
      Linked_Accounts: { help: 'Which accounts there are: a group each.', perRegion: false },
      Total_Account_Cost: { help: 'What each account cost by month: a group each.', perRegion: false },
      Total_Account_Cost_Forecast: {
        help: 'What the running month will have cost at its end.',
        perRegion: false,
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
    description: 'What every service cost, by Region.',
    actions: ['ce:GetCostAndUsage'],
    jobs: {
      Services_Cost: { help: 'What each service cost in one Region.', perRegion: true },
    },
    settings: ['regions', 'costDays', 'settleDays', 'maxSeries'],
    costExplorerQueries: 2,
    queriesPer: {},
    hours: [7],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  projects: {
    description: 'What every project cost, and for which services.',
    actions: ['ce:GetCostAndUsage'],
    jobs: {
      'Project-Spend-Cost': { help: 'What each project cost, and for which services.', perRegion: false },
      'Project-Usage': { help: 'The usage types of the projects in projectUsageTypes.', perRegion: false },
    },
    settings: ['regions', 'projectTag', 'projectDays', 'projectUsageTypes', 'settleDays', 'maxSeries'],
    costExplorerQueries: 2,
    queriesPer: { projectUsageTypes: 1 },
    hours: [7],
    memoryMb: 512,
    timeoutSeconds: 300,
  },
  tags: {
    description: 'Which resources lack a required tag.',
    actions: ['account:ListRegions', 'tag:GetResources'],
    jobs: {
      TaggingResourceList: { help: 'Which resources of one Region lack a required tag.', perRegion: true },
    },
    settings: ['regions', 'requiredTags', 'maxSeries'],
    costExplorerQueries: 0,
    queriesPer: {},
    hours: [5],
    memoryMb: 512,
    timeoutSeconds: 600,
  },
  digest: {
    description: 'A cost report for a chat channel, from what Prometheus holds.',
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
