import type { Group, GroupName } from '../metrics/group';

/** The store of the groups. A call resolves when the store has accepted it, and rejects otherwise or when it is aborted. */
export interface Sink {
  /** Replaces the group atomically. */
  put(group: Group, signal: AbortSignal): Promise<void>;
  /** Removes the group. It is no error if the group does not exist. */
  delete(group: GroupName, signal: AbortSignal): Promise<void>;
}
