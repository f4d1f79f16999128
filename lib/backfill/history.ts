import type { Group } from '../../lambdas/metrics/group';

/** The groups that one past run would have pushed, and the time with which their samples are stamped. */
interface DatedGroups {
  /** The collector and the account of the run. */
  readonly of: string;
  readonly at: Date;
  readonly groups: readonly Group[];
}

/** Receives the groups of past runs, the oldest first. */
export interface History {
  write(dated: DatedGroups): Promise<void>;
  /** Ends the history. It is complete only after that. */
  end(): Promise<void>;
  /** Removes an incomplete history. */
  discard(): Promise<void>;
}
