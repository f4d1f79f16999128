import type { CollectorName } from '../catalog/collectors';
import { type Group, type GroupName, possibleGroups } from './group';

/** Under which names a run is published. Health groups pass through none: they are the same in all. */
export interface Profile {
  /** What is pushed of what a collector found. */
  groups(found: readonly Group[], run: ProfileRun): readonly Group[];
  /** Every group that the collector may ever have pushed for the account, as far as a table can tell. */
  possible(collector: CollectorName, account: ProfileAccount): readonly GroupName[];
}

export interface ProfileAccount {
  readonly accountId: string;
  /** Another account than the function's own. */
  readonly isMember: boolean;
}

export interface ProfileRun extends ProfileAccount {
  readonly scheduledTime: Date;
  /** No part failed. */
  readonly whole: boolean;
}

/** The catalog's own names. */
export const tollgateProfile: Profile = {
  groups: (found) => found,
  possible: (collector, { accountId }) => possibleGroups(collector, accountId),
};
