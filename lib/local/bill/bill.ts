/** One amount of the bill: what a resource, or a service without one, cost on one day. */
export interface Charge {
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
  /** Cost Explorer's charge type: `Usage`, `Credit`, `Refund`, `Tax`, … */
  readonly recordType: string;
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

/** What an account owns and owes: everything that the simulated AWS answers from. */
export interface Bill {
  readonly accountId: string;
  /** The moment the bill is looked at. */
  readonly asOf: Date;
  readonly charges: readonly Charge[];
  readonly users: readonly IamUser[];
  readonly resources: readonly TaggedResource[];
  /** Lines that a person should read, such as how many rows of other clouds were skipped. */
  readonly notes: readonly string[];
}

/** The one account of a bill that names none of its own. */
export const BILL_ACCOUNT_ID = '111122223333';

/** What Cost Explorer says where a charge has no Region. */
export const NO_REGION = 'NoRegion';

/** Where the Tagging API keeps resources that have no Region of their own. */
export const HOME_OF_GLOBAL = 'us-east-1';
