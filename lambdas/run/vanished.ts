import { JOBS } from '../catalog/jobs';
import type { Unavailable } from '../collector';
import { type GroupName, groupId, jobIn } from '../metrics/group';

/** The groups of a collector and account, before and after a complete run. */
interface Published {
  /** Groups that the ledger has: earlier runs published them. */
  readonly owned: readonly GroupName[];
  /** Groups that earlier runs may have published although the ledger lacks them. */
  readonly possible: readonly GroupName[];
  /** Groups that this run published. */
  readonly current: readonly GroupName[];
  /** Data that was not available; its groups stay. */
  readonly unavailable: readonly Unavailable[];
}

/** Returns the groups whose subject is gone, each once. */
export function vanishedGroups({ owned, possible, current, unavailable }: Published): GroupName[] {
  const old = new Map([...owned, ...possible].map((name) => [groupId(name), name]));
  for (const name of current) old.delete(groupId(name));
  return [...old.values()].filter((name) => !unavailable.some((data) => belongsTo(name, data)));
}

/** Reports whether a group may hold the data. The profile `xc3` has jobs whose names lack the Region. */
export function belongsTo({ job }: GroupName, { jobs, region }: Omit<Unavailable, 'part'>): boolean {
  return jobs.some((name) => {
    if (job === name || !JOBS[name].perRegion) return job === name;
    return region === undefined ? job.startsWith(`${name}_`) : job === jobIn(name, region);
  });
}
