import type { Failure } from './failure';
import type { Group } from './metrics/group';

/** What a run is about; the time is the schedule's, never the wall clock, so that a late retry asks for the same days. */
export interface RunInput {
  readonly accountId: string;
  /** The partition of the account: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly scheduledTime: Date;
  /** Every account that the suite runs in: the function's own and the members. */
  readonly suiteAccounts: readonly string[];
}

/** What a collector found: groups to push, and what it could not read. */
export interface Findings {
  readonly groups: readonly Group[];
  /** Parts left out: their groups stay as they are. */
  readonly failures: readonly Failure[];
  /** Whether Cost Explorer has resource-level data, where the collector asked for it. */
  readonly resourceDataAvailable?: boolean;
  /** Whether Cost Explorer has history enough for a forecast, where the collector asked for one. */
  readonly forecastAvailable?: boolean;
  /** Accounts that this run answers for: a run of their own is not needed, and what they no longer have goes. */
  readonly covers?: readonly string[];
  /** The run of another account publishes this one's groups: there is nothing to push, and nothing to delete. */
  readonly answeredElsewhere?: boolean;
  /** Accounts that Organizations calls closed or suspended: whatever was pushed of them goes. */
  readonly closedAccounts?: readonly string[];
  /** End (exclusive) of the charge period in Unix seconds, where there is one. */
  readonly periodEnd?: number;
}

export type Collector = (input: RunInput) => Promise<Findings>;
