import type { Group, GroupName } from '../metrics/group';

/** The store of the groups. Each call returns once the store has accepted it, and throws otherwise, at the latest when aborted. */
export interface Sink {
  /** Replaces the group atomically. */
  put(group: Group, signal: AbortSignal): Promise<void>;
  /** Removes the group; one that does not exist is no error. */
  delete(group: GroupName, signal: AbortSignal): Promise<void>;
}
