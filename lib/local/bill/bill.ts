/** One amount of the bill: the cost of a resource, or of a service without resources, on one day. */
export interface Charge {
  /** The account that used it: the bill's own account or another of its organization. */
  readonly accountId: string;
  /** The UTC day, YYYY-MM-DD. */
  readonly day: string;
  /** Cost Explorer's name: `Amazon Elastic Compute Cloud - Compute`. */
  readonly service: string;
  /** Cost Explorer's name, including `global` and `NoRegion`. */
  readonly region: string;
  /** Cost Explorer's id: `i-0abc…`, an ARN or a bucket's name; empty when the charge has no resource. */
  readonly resourceId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** US dollars as an exact decimal string; negative for credits and refunds. */
  readonly usd: string;
  /**
   * The effective cost, with upfront and recurring fees spread over the usage that they cover: Cost Explorer's
   * AmortizedCost.
   */
  readonly effectiveUsd: string;
  /** Cost Explorer's charge type: `Usage`, `Credit`, `Refund`, `Tax`, … */
  readonly recordType: string;
  /** Cost Explorer's usage type, `EU-BoxUsage:t3.micro`; empty when the charge has no usage. */
  readonly usageType: string;
  /** The quantity as an exact decimal string, in `unit`. */
  readonly quantity: string;
  /** `Hrs`, `GB-Mo`, `Requests`, …; empty when the charge has no unit. */
  readonly unit: string;
}

/** An IAM user of an account. */
export interface IamUser {
  readonly userName: string;
  /** An id that never changes: `AIDA…`. */
  readonly userId: string;
  /** `/`, or `/division/team/`. */
  readonly path: string;
  readonly arn: string;
  readonly createDate: Date;
  /** Absent when IAM knows of no sign-in with a password. */
  readonly passwordLastUsed?: Date;
}

/** A resource in the tagging inventory of one Region. */
export interface TaggedResource {
  readonly arn: string;
  /** The Region whose inventory holds it: us-east-1 for global resources. */
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An IAM role of an account. */
export interface IamRole {
  readonly roleName: string;
  /** An id that never changes: `AROA…`. */
  readonly roleId: string;
  readonly path: string;
  readonly arn: string;
  readonly createDate: Date;
  /** Absent when the role was not used in the period that IAM remembers. */
  readonly lastUsed?: { readonly date: Date; readonly region: string };
  /** Service principals that may assume the role: `lambda.amazonaws.com`. */
  readonly trustedServices: readonly string[];
  /** The trust policy, when it is more than the services. @default one statement that trusts the services */
  readonly trust?: Readonly<Record<string, unknown>>;
  /** The instance profile through which instances use the role. @default none */
  readonly instanceProfileArn?: string;
}

/** An EC2 instance of an account. */
export interface Instance {
  readonly instanceId: string;
  readonly region: string;
  readonly state: InstanceState;
  readonly instanceProfileArn?: string;
}

/** EC2's state of an instance. */
export type InstanceState = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

/** Organizations' state of an account. */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/** The IAM users, roles, instances and resources of one account. */
export interface MemberAccount {
  readonly accountId: string;
  readonly name: string;
  readonly state: AccountState;
  readonly users: readonly IamUser[];
  readonly resources: readonly TaggedResource[];
  readonly roles: readonly IamRole[];
  readonly instances: readonly Instance[];
}

/** An organization with its management account. */
export interface Organization {
  readonly managementAccountId: string;
  /** All accounts, including the management account and closed ones. */
  readonly accounts: readonly OrganizationAccount[];
}

/** An account as Organizations lists it. */
export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  readonly state: AccountState;
}

/** One account with its charges and its organization: the data from which the simulated AWS answers. */
export interface Bill {
  readonly accountId: string;
  readonly accountName: string;
  readonly state: AccountState;
  /** The time at which the bill is read. */
  readonly asOf: Date;
  /** Charges of this account and of all members. */
  readonly charges: readonly Charge[];
  readonly users: readonly IamUser[];
  readonly resources: readonly TaggedResource[];
  readonly roles: readonly IamRole[];
  readonly instances: readonly Instance[];
  /** Regions that are on, in every account. */
  readonly enabledRegions: readonly string[];
  /** @default the account has no organization */
  readonly organization?: Organization;
  /** The other accounts of the organization, as far as their contents are known. */
  readonly members: readonly MemberAccount[];
  /** Remarks for the user, such as the number of rows of other clouds. */
  readonly notes: readonly string[];
}

/** The account of a bill that names no account. */
export const BILL_ACCOUNT_ID = '111122223333';

/** Cost Explorer's Region of charges without one. */
export const NO_REGION = 'NoRegion';

/** The Region where the Tagging API keeps global resources. */
export const HOME_OF_GLOBAL = 'us-east-1';
