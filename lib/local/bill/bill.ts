/** One amount of the bill: what a resource, or a service without one, cost on one day. */
export interface Charge {
  /** Whose usage it is: the account itself or, in an organization, any of its accounts. */
  readonly accountId: string;
  /** The UTC day, YYYY-MM-DD. */
  readonly day: string;
  /** As Cost Explorer names it: `Amazon Elastic Compute Cloud - Compute`. */
  readonly service: string;
  /** As Cost Explorer names it, `global` and `NoRegion` included. */
  readonly region: string;
  /** As Cost Explorer says it: `i-0abc…`, an ARN, a bucket's name; empty where the charge has no resource. */
  readonly resourceId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** US dollars as an exact decimal text; negative for credits and refunds. */
  readonly usd: string;
  /** The same with upfront and recurring fees spread over the usage that they cover: Cost Explorer's AmortizedCost. */
  readonly effectiveUsd: string;
  /** Cost Explorer's charge type: `Usage`, `Credit`, `Refund`, `Tax`, … */
  readonly recordType: string;
  /** As Cost Explorer says it, `EU-BoxUsage:t3.micro`; empty where the charge is for no usage. */
  readonly usageType: string;
  /** An exact decimal text, in the unit. */
  readonly quantity: string;
  /** `Hrs`, `GB-Mo`, `Requests`, …; empty where the charge has none. */
  readonly unit: string;
}

export interface IamUser {
  readonly userName: string;
  /** Never changes: `AIDA…`. */
  readonly userId: string;
  /** `/`, or `/division/team/`. */
  readonly path: string;
  readonly arn: string;
  readonly createDate: Date;
  /** Absent where IAM knows of no sign-in with a password. */
  readonly passwordLastUsed?: Date;
}

/** A resource as the tagging inventory of one Region holds it. */
export interface TaggedResource {
  readonly arn: string;
  /** The Region whose inventory holds it: global resources are in us-east-1. */
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface IamRole {
  readonly roleName: string;
  /** Never changes: `AROA…`. */
  readonly roleId: string;
  readonly path: string;
  readonly arn: string;
  readonly createDate: Date;
  /** Absent where nobody used it in the time that IAM remembers. */
  readonly lastUsed?: { readonly date: Date; readonly region: string };
  /** Service principals that may take it: `lambda.amazonaws.com`. */
  readonly trustedServices: readonly string[];
  /** The trust policy where it says more than the services. @default one statement that trusts these */
  readonly trust?: Readonly<Record<string, unknown>>;
  /** Of the profile through which instances take it. @default none */
  readonly instanceProfileArn?: string;
}

export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  readonly state: InstanceState;
  readonly instanceProfileArn?: string;
}

export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/** What one account owns. */
export interface MemberAccount {
  readonly accountId: string;
  readonly name: string;
  readonly state: AccountState;
  readonly users: readonly IamUser[];
  readonly resources: readonly TaggedResource[];
  readonly roles: readonly IamRole[];
  readonly instances: readonly Instance[];
}

export interface Organization {
  readonly managementAccountId: string;
  /** All of them, the management account and closed ones too. */
  readonly accounts: readonly OrganizationAccount[];
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly state: AccountState;
}

/** What an account owns and owes, and its organization with it: everything that the simulated AWS answers from. */
export interface Bill {
  readonly accountId: string;
  readonly accountName: string;
  readonly state: AccountState;
  /** The moment the bill is looked at. */
  readonly asOf: Date;
  /** Of this account and of all members. */
  readonly charges: readonly Charge[];
  readonly users: readonly IamUser[];
  readonly resources: readonly TaggedResource[];
  readonly roles: readonly IamRole[];
  readonly instances: readonly Instance[];
  /** Regions that are switched on, in every account. */
  readonly enabledRegions: readonly string[];
  /** @default the account is in none */
  readonly organization?: Organization;
  /** The other accounts of the organization, as far as something is known of what they own. */
  readonly members: readonly MemberAccount[];
  /** Lines that a person should read, such as how many rows of other clouds were skipped. */
  readonly notes: readonly string[];
}

/** The one account of a bill that names none of its own. */
export const BILL_ACCOUNT_ID = '111122223333';

/** What Cost Explorer says where a charge has no Region. */
export const NO_REGION = 'NoRegion';

/** Where the Tagging API keeps resources that have no Region of their own. */
export const HOME_OF_GLOBAL = 'us-east-1';
