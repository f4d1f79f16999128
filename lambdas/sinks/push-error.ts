import type { GroupName } from '../metrics/group';

/** Thrown when the gateway does not answer, or does not accept a group. */
export class PushError extends Error {
  override readonly name: string = 'PushError';
  constructor(
    /** Undefined if the request was not about a group. */
    group: GroupName | undefined,
    /** The problem, without the name of the job. */
    readonly problem: string,
    /** The status of the answer; undefined without an answer. */
    readonly status?: number,
  ) {
    super(group ? `job ${group.job}: ${problem}` : problem);
  }
}

/** Thrown when the run has no time left for the request. */
export class PushTimeoutError extends PushError {
  override readonly name = 'PushTimeoutError';
}
