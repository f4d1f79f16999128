import type { GroupName } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';

/** The store of the groups. A call rejects when it is aborted. */
export interface Sink {
  /** Resolves with any HTTP answer, whatever its status, and rejects without one. Stores nothing. */
  check(signal: AbortSignal): Promise<void>;
  /** Replaces the group atomically. Resolves when the store has accepted it, and rejects otherwise. */
  put(group: RegisteredGroup, signal: AbortSignal): Promise<void>;
  /** Removes the group. It is no error if the group does not exist. */
  delete(group: GroupName, signal: AbortSignal): Promise<void>;
  /** Returns the groups that the store holds; undefined if it cannot be read. */
  stored(signal: AbortSignal): Promise<StoredGroups | undefined>;
}

/** The time of the last accepted push of each group, in Unix seconds, by `groupId`; 0 if none was ever accepted. */
export type StoredGroups = ReadonlyMap<string, number>;

/** The circumstances of a call. */
export interface SinkCall {
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** The end of the run, which is the time of written samples. */
  readonly time: Date;
  readonly series: SeriesMemory;
}

/** The label sets of a group that may have been written to a sink. */
export interface SeriesMemory {
  read(): Promise<readonly LabelSet[]>;
  /** Replaces the label sets atomically. */
  write(sets: readonly LabelSet[]): Promise<void>;
}

/** The labels of a series, with its metric's name as `__name__`. */
export type LabelSet = Readonly<Record<string, string>>;
