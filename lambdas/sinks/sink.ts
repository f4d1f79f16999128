import type { GroupName } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';

/** The store of the groups. A call rejects when it is aborted. */
export interface Sink {
  /** The name of the sink in the ledger, in metrics, logs and errors: its URL without a trailing slash, or `stdout`. */
  readonly id: string;
  /** Added by a run to the grouping key of every group of this sink. */
  readonly groupingLabels: Readonly<Record<string, string>>;
  /** Resolves with any HTTP answer, whatever its status, and rejects without one. Stores nothing. */
  check(signal: AbortSignal): Promise<void>;
  /** Replaces the group. Resolves when the store has accepted all of it, and rejects otherwise. */
  put(group: RegisteredGroup, call: SinkCall): Promise<void>;
  /** Removes the group. It is no error if the group does not exist. */
  delete(group: GroupName, call: SinkCall): Promise<void>;
  /** Returns the groups that the store holds; undefined if it cannot be read. */
  stored(signal: AbortSignal): Promise<StoredGroups | undefined>;
}

/** The circumstances of a write to a sink. */
export interface SinkCall {
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** The end of the run's collection: the time of samples in a store that keeps times. It is the same for all groups of a run. */
  readonly time: Date;
  /** The memory of the group at this sink. */
  readonly series: SeriesMemory;
}

/** The labels of a series, with its metric as `__name__`. */
export type LabelSet = Readonly<Record<string, string>>;

/** The label sets of a group that may have been written to a sink, for stores in which a series stays until it is overwritten. */
export interface SeriesMemory {
  read(): Promise<readonly LabelSet[]>;
  /** Replaces the label sets atomically. */
  write(sets: readonly LabelSet[]): Promise<void>;
}

/** The memory without a ledger: it knows of no series and keeps none. */
export const NO_SERIES: SeriesMemory = {
  read: async () => [],
  write: async () => {},
};

/** The time of the last accepted push of each group, in Unix seconds, by `groupId`; 0 if none was ever accepted. */
export type StoredGroups = ReadonlyMap<string, number>;
