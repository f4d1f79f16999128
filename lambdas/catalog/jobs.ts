import { COLLECTORS, type CollectorName, type JobDefinition } from './collectors';

/** The jobs with the health of the collectors. They have one group for each account and collector. */
const HEALTH_JOBS = {
  tollgate: {
    help: 'The last run of a collector, complete or not.',
    perRegion: false,
    history: { none: 'It reports runs, and there were none.' },
  },
  tollgate_success: {
    help: 'The last complete run of a collector. An incomplete run does not change it, so its age is the age of the metrics.',
    perRegion: false,
    history: { from: 'the first day of the other jobs of its collector' },
  },
} as const satisfies Record<string, JobDefinition>;

type JobsOf<C extends CollectorName> = (typeof COLLECTORS)[C]['jobs'];
/** The jobs of every collector, by collector. */
type CollectorJobs = { [C in CollectorName as C]: JobsOf<C> }[CollectorName];
type KeysOf<U> = U extends unknown ? keyof U & string : never;
type ValueOf<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

/** A job with the health of a collector. */
export type HealthJob = keyof typeof HEALTH_JOBS;
/** A job of the catalog. At the gateway, a regional job has the Region in its name. */
export type JobName = KeysOf<CollectorJobs> | HealthJob;
/** The jobs whose names contain a Region. */
export type RegionalJob = {
  [J in JobName]: ValueOf<CollectorJobs, J> extends { readonly perRegion: true } ? J : never;
}[JobName] &
  KeysOf<CollectorJobs>;

/** Every job of the Pushgateway. */
export const JOBS = Object.assign(
  {},
  ...Object.values(COLLECTORS).map(({ jobs }) => jobs),
  HEALTH_JOBS,
) as Readonly<Record<JobName, JobDefinition>>;

/** Returns the labels that distinguish the groups of a job. */
export function groupedBy(job: JobName): readonly ('account_id' | 'collector')[] {
  return job in HEALTH_JOBS ? ['account_id', 'collector'] : ['account_id'];
}
