import type { JobName } from './catalog/jobs';
import type { Part } from './catalog/label-values';
import type { Failure } from './failure';
import type { Group } from './metrics/group';
import type { RegisteredGroup } from './metrics/registered-group';

/** The subject of a run. */
export interface RunInput {
  readonly accountId: string;
  /** The partition of the account: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** The time of the schedule, not of the clock, so that a late retry reads the same days. */
  readonly scheduledTime: Date;
  /** Every account that has its own run: the function's account and the members. */
  readonly suiteAccounts: readonly string[];
}

/** Data that could not be read although nothing failed. */
export interface Unavailable {
  readonly part: Part;
  readonly jobs: readonly JobName[];
  /** @default every Region */
  readonly region?: string;
}

/** The result of a collector: groups to push, and the parts that failed. */
export interface Findings {
  readonly groups: readonly Group[];
  /** Groups that a collector of a user has filled itself; no profile changes them. @default none */
  readonly registered?: readonly RegisteredGroup[];
  /** The parts that failed. Their groups stay as they are. */
  readonly failures: readonly Failure[];
  /** Data that could not be read although nothing failed. The groups of these jobs keep what was published. */
  readonly unavailable?: readonly Unavailable[];
  /** True if Cost Explorer has resource-level data; absent if it was not requested. */
  readonly resourceDataAvailable?: boolean;
  /** True if Cost Explorer has a forecast; absent if it was not requested. */
  readonly forecastAvailable?: boolean;
  /** Accounts that this run covers: they need no run of their own, and their stale groups are deleted. */
  readonly covers?: readonly string[];
  /** True if the run of another account publishes the groups of this account, so this run pushes and deletes none. */
  readonly answeredElsewhere?: boolean;
  /** Accounts that are closed or suspended: all groups of them that this run does not push are deleted. */
  readonly closedAccounts?: readonly string[];
  /** End (exclusive) of the charge period in Unix seconds; absent for collectors without one. */
  readonly periodEnd?: number;
}

/** Turns the answers of its source into groups. It returns failures of parts and throws if nothing could be read. */
export type Collector = (input: RunInput) => Promise<Findings>;
