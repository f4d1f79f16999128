import type { Group, GroupName } from '../metrics/group';

/** Where groups go. Each call answers once the store has accepted it, and throws otherwise, at the latest when aborted. */
export interface Sink {
  /** Replaces the group, whole. */
  put(group: Group, signal: AbortSignal): Promise<void>;
  /** Removes the group; one that does not exist is no error. */
  delete(group: GroupName, signal: AbortSignal): Promise<void>;
}
