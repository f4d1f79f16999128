import type { JobName } from './catalog/jobs';
import type { Part } from './catalog/label-values';
import { type GroupName, jobIn, possibleJobs } from './metrics/group';

/** Data that is not available although nothing failed. The groups of its jobs keep what was published. */
export interface Unavailable {
  readonly part: Part;
  readonly jobs: readonly JobName[];
  /** Limits the jobs to one Region. @default every Region */
  readonly region?: string;
}

/** Returns the jobs of which any data is unavailable. */
export function unavailableJobs(unavailable: readonly Unavailable[]): JobName[] {
  return unavailable.flatMap(({ jobs }) => jobs);
}

/** Reports whether a group of the run's account keeps what was published, because its data is unavailable. */
export function isUnavailable({ job }: GroupName, unavailable: readonly Unavailable[]): boolean {
  return unavailable.some(({ jobs, region }) =>
    jobs.some((name) => [name, ...namesOf(name, region)].includes(job)),
  );
}

/** Returns the names of a job at the gateway. The profile `xc3` also has jobs without a Region in their name. */
function namesOf(job: JobName, region: string | undefined): readonly string[] {
  return region === undefined ? possibleJobs(job) : [jobIn(job, region)];
}
