import type { JobName } from './catalog/jobs';
import type { Unavailable } from './collector';
import { type GroupName, jobIn, possibleJobs } from './metrics/group';

/** Returns the jobs of which any data is unavailable. */
export function unavailableJobs(unavailable: readonly Unavailable[]): JobName[] {
  return unavailable.flatMap(({ jobs }) => jobs);
}

/** Reports whether a group of the run's account keeps what was published, because its data is unavailable. */
export function isKept({ job }: GroupName, unavailable: readonly Unavailable[]): boolean {
  return unavailable.some(({ jobs, region }) =>
    jobs.some((name) => [name, ...namesOf(name, region)].includes(job)),
  );
}

/** Returns the names of a job at the gateway. The profile `xc3` also has jobs without a Region in their name. */
function namesOf(job: JobName, region: string | undefined): readonly string[] {
  return region === undefined ? possibleJobs(job) : [jobIn(job, region)];
}
