import type { Failure } from '../failure';

/** The item of the last run of a collector in an account. */
export interface RunItem {
  /** ISO 8601 time of the schedule. */
  readonly scheduledTime: string;
  /** ISO 8601 time at which Lambda ends the function, whether the run has ended or not. */
  readonly leaseUntil: string;
  readonly outcome: Outcome;
  /** The failures of a run that failed permanently; otherwise empty. */
  readonly failures: readonly Failure[];
  /** Accounts of the suite whose groups the run published. */
  readonly covers: readonly string[];
  /** Ids of the sinks at which every group is recorded, since a complete run published to them. */
  readonly recordedSinks: readonly string[];
  /** ISO 8601 time of the first run that could not read data which had been published before, by `missedKey`. */
  readonly unavailableSince: Readonly<Record<string, string>>;
}

/** The result of a run: under way or crashed, complete, failed, or failed in a way that no retry can fix. */
type Outcome = 'running' | 'complete' | 'failed' | 'permanent';
