import { COLLECTORS, type CollectorName } from '../catalog/collectors';
import { groupedBy, type HealthJob, JOBS, type JobName, type RegionalJob } from '../catalog/jobs';
import type { MetricOf } from '../catalog/metrics';
import { REGIONLESS, REGIONS } from '../catalog/regions';
import type { AnySample, Sample } from './sample';

/** What names a group of the Pushgateway: its job, and the labels that the gateway puts on every series in it. */
export interface GroupName {
  readonly job: string;
  readonly groupingKey: Readonly<Record<string, string>>;
}

/** One group and what it holds: what one PUT replaces. */
export interface Group extends GroupName {
  readonly samples: readonly AnySample[];
}

type Key<J extends JobName> = { readonly account_id: string } & (J extends HealthJob
  ? { readonly collector: string }
  : unknown) &
  (J extends RegionalJob ? { readonly region: string } : unknown);

/** A group of a catalog job. Takes only metrics of that job, and just the key that the job is grouped by. */
export function group<J extends JobName>(
  job: J,
  key: Key<J>,
  samples: readonly (Sample & Sample<MetricOf<J>>)[],
): Group {
  return { ...groupName(job, key), samples };
}

/** Every group that the collector may ever have pushed for the account, without asking the gateway. */
export function possibleGroups(collector: CollectorName, accountId: string): GroupName[] {
  return jobsOf(collector).flatMap((job) =>
    regionsOf(job).map((region) => groupName(job, { account_id: accountId, region })),
  );
}

/** The jobs that a collector pushes, besides its health. */
export function jobsOf(collector: CollectorName): JobName[] {
  return Object.keys(COLLECTORS[collector].jobs) as JobName[];
}

/** Every name that the job may have. */
export function possibleJobs(job: JobName): string[] {
  return regionsOf(job).map((region) => jobText(job, region));
}

/** Whether two names are of the same group. */
export function groupId({ job, groupingKey }: GroupName): string {
  return JSON.stringify([job, Object.entries(groupingKey).sort()]);
}

function groupName(job: JobName, key: Readonly<Record<string, string>>): GroupName {
  return {
    job: jobText(job, key.region),
    groupingKey: Object.fromEntries(groupedBy(job).map((label) => [label, key[label] ?? ''])),
  };
}

function jobText(job: JobName, region: string | undefined): string {
  return JOBS[job].perRegion ? `${job}_${region}` : job;
}

/** One that stands for none where the job is not per Region. */
function regionsOf(job: JobName): readonly string[] {
  return JOBS[job].perRegion ? [...REGIONS, ...REGIONLESS] : [''];
}
