import { COLLECTORS, type CollectorName, type JobDefinition } from './collectors';

/** The jobs of the suite's own health: a group an account and collector. */
const HEALTH_JOBS = {
  tollgate: { help: 'The last run of a collector, whole or not.', perRegion: false },
  tollgate_success: {
    help: 'The last whole run of a collector: a failing run leaves it alone, so its age tells how stale the numbers are.',
    perRegion: false,
  },
} as const satisfies Record<string, JobDefinition>;

type JobsOf<C extends CollectorName> = (typeof COLLECTORS)[C]['jobs'];
/** By name, those of every collector. */
type CollectorJobs = { [C in CollectorName as C]: JobsOf<C> }[CollectorName];
type KeysOf<U> = U extends unknown ? keyof U & string : never;
type ValueOf<U, K> = U extends unknown ? (K extends keyof U ? U[K] : never) : never;

export type HealthJob = keyof typeof HEALTH_JOBS;
export type JobName = KeysOf<CollectorJobs> | HealthJob;
/** The jobs whose names have a Region. */
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

/** The labels that the groups of a job are told apart by. */
export function groupedBy(job: JobName): readonly ('account_id' | 'collector')[] {
  return job in HEALTH_JOBS ? ['account_id', 'collector'] : ['account_id'];
}
