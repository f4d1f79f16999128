import { catalogRow } from '../catalog/collectors';
import { groupedBy, type HealthJob, JOBS, type JobName, type RegionalJob } from '../catalog/jobs';
import type { MetricOf, ObservedMetric, ValueMetric } from '../catalog/metrics';
import { REGIONLESS, REGIONS } from '../catalog/regions';
import type { AnySample, Observed, Sample } from './sample';

/** The name of a Pushgateway group: its job, and the labels that the gateway adds to each of its series. */
export interface GroupName {
  readonly job: string;
  readonly groupingKey: Readonly<Record<string, string>>;
}

/** A Pushgateway group with its samples. One PUT replaces a group. */
export interface Group extends GroupName {
  /** The values of gauges and counters. */
  readonly samples: readonly AnySample[];
  /** The observations of histograms and summaries. @default none */
  readonly observed?: readonly Observed[];
}

type Key<J extends JobName> = { readonly account_id: string } & (J extends HealthJob
  ? { readonly collector: string }
  : unknown) &
  (J extends RegionalJob ? { readonly region: string } : unknown);

/** Returns a group of a catalog job. It takes only metrics of that job and exactly the key of that job. */
export function group<J extends JobName>(
  job: J,
  key: Key<J>,
  samples: readonly (Sample & Sample<MetricOf<J> & ValueMetric>)[],
  observed: readonly (Observed & Observed<MetricOf<J> & ObservedMetric>)[] = [],
): Group {
  return { ...groupName(job, key), samples, ...(observed.length > 0 && { observed }) };
}

/** Returns the number of values and of sets of observations, 0 for a group without content. */
export function sizeOf(group: Group | { readonly size: number }): number {
  return 'size' in group ? group.size : group.samples.length + (group.observed ?? []).length;
}

/** Returns every group that the collector may have pushed for the account. The gateway is not asked. */
export function possibleGroups(collector: string, accountId: string): GroupName[] {
  return jobsOf(collector).flatMap((job) =>
    regionsOf(job).map((region) => groupName(job, { account_id: accountId, region })),
  );
}

/** Returns the jobs that a collector pushes besides its health; none for a collector of a user, whose groups only the ledger has. */
export function jobsOf(collector: string): JobName[] {
  return Object.keys(catalogRow(collector)?.jobs ?? {}) as JobName[];
}

/** Returns every name that the job may have. */
export function possibleJobs(job: JobName): string[] {
  return regionsOf(job).map((region) => jobIn(job, region));
}

/** Returns a string that is the same for two names of one group. */
export function groupId({ job, groupingKey }: GroupName): string {
  return JSON.stringify([job, Object.entries(groupingKey).sort()]);
}

/** Returns the group with further labels in its grouping key. */
export function withLabels<G extends GroupName>(labels: Readonly<Record<string, string>>, group: G): G {
  return { ...group, groupingKey: { ...group.groupingKey, ...labels } };
}

function groupName(job: JobName, key: Readonly<Record<string, string>>): GroupName {
  return {
    job: jobIn(job, key.region),
    groupingKey: Object.fromEntries(groupedBy(job).map((label) => [label, key[label] ?? ''])),
  };
}

/** Returns the name of a job at the gateway. */
export function jobIn(job: JobName, region: string | undefined): string {
  return JOBS[job].perRegion ? `${job}_${region}` : job;
}

/** Returns one empty string for a job without Regions. */
function regionsOf(job: JobName): readonly string[] {
  return JOBS[job].perRegion ? [...REGIONS, ...REGIONLESS] : [''];
}
