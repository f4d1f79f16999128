import type { JobName } from '../catalog/jobs';
import { type Group, type GroupName, possibleGroups } from './group';

/** The names under which a run is published. Health groups are the same in every profile. */
export interface Profile {
  /** Returns the groups to push for the groups that a collector found. */
  groups(found: readonly Group[], run: ProfileRun): readonly Group[];
  /** Returns every group that the collector may have pushed for the account and whose name is known. */
  possible(collector: string, account: ProfileAccount): readonly GroupName[];
}

/** The account whose groups get their names. */
export interface ProfileAccount {
  readonly accountId: string;
  /** True for any account but the function's own. */
  readonly isMember: boolean;
}

/** The run whose groups are published. */
export interface ProfileRun extends ProfileAccount {
  readonly scheduledTime: Date;
  /** True if no part failed. */
  readonly complete: boolean;
  /** Jobs of which any data is unavailable. @default none */
  readonly unavailable?: readonly JobName[];
}

/** The catalog's own names. */
export const tollgateProfile: Profile = {
  groups: (found) => found,
  possible: (collector, { accountId }) => possibleGroups(collector, accountId),
};
