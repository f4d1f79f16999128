import type { Family } from '../../lambdas/metrics/families';
import { type GroupName, groupId } from '../../lambdas/metrics/group';

/** A group that scrapes receive. */
export interface HeldGroup extends GroupName {
  /** The name of the collector that published it. */
  readonly collector: string;
  readonly families: readonly Family[];
  /** The time at which a run published it. */
  readonly time: Date;
}

/** All groups at one moment, by `groupId`. A change makes another snapshot, so a scrape reads one that stays as it is. */
export type Snapshot = ReadonlyMap<string, HeldGroup>;

/** Groups to put, and `undefined` for each group to remove, by `groupId`. */
type Changes = ReadonlyMap<string, HeldGroup | undefined>;

/** The groups that the exporter holds. */
export interface HeldGroups {
  current(): Snapshot;
  /** Makes all changes at once. */
  change(changes: Changes): void;
}

/** Holds groups in memory. */
export function heldGroups(first: readonly HeldGroup[]): HeldGroups {
  let snapshot: Snapshot = new Map(first.map((group) => [groupId(group), group]));
  return {
    current: () => snapshot,
    change: (changes) => {
      snapshot = changed(snapshot, changes);
    },
  };
}

/** Returns another snapshot with the changes. */
export function changed(snapshot: Snapshot, changes: Changes): Snapshot {
  const next = new Map(snapshot);
  for (const [id, group] of changes) {
    if (group) next.set(id, group);
    else next.delete(id);
  }
  return next;
}
