import { COLLECTORS, type CollectorName } from '../catalog/collectors';
import { JOBS, type JobName } from '../catalog/jobs';
import type { MetricOf } from '../catalog/metrics';
import { REGIONLESS, REGIONS } from '../catalog/regions';
import type { Sample } from './sample';

/** What names a group of the Pushgateway: its job, and the labels that the gateway puts on every series in it. */
export interface GroupName {
  readonly job: string;
  readonly groupingKey: Readonly<Record<string, string>>;
}

/** One group and what it holds: what one PUT replaces. */
export interface Group extends GroupName {
  readonly samples: readonly Sample[];
}

type Key<J extends JobName> = Readonly<Record<(typeof JOBS)[J]['groupedBy'][number], string>> &
  ((typeof JOBS)[J]['perRegion'] extends true ? { readonly region: string } : unknown);

/** A group of a catalog job. Takes only metrics of that job, and just the key that the job is grouped by. */
export function group<J extends JobName>(
  job: J,
  key: Key<J>,
  samples: readonly Sample<MetricOf<J>>[],
): Group {
  return { ...groupName(job, key), samples };
}

/** Every group that the collector may ever have pushed for the account, without asking the gateway. */
export function possibleGroups(collector: CollectorName, accountId: string): GroupName[] {
  return COLLECTORS[collector].jobs.flatMap((job) => {
    const regions = JOBS[job].perRegion ? [...REGIONS, ...REGIONLESS] : [''];
    return regions.map((region) => groupName(job, { account_id: accountId, region }));
  });
}

/** Whether two names are of the same group. */
export function groupId({ job, groupingKey }: GroupName): string {
  return JSON.stringify([job, Object.entries(groupingKey).sort()]);
}

function groupName(job: JobName, key: Readonly<Record<string, string>>): GroupName {
  const { perRegion, groupedBy } = JOBS[job];
  return {
    job: perRegion ? `${job}_${key.region}` : job,
    groupingKey: Object.fromEntries(groupedBy.map((label) => [label, key[label] ?? ''])),
  };
}
