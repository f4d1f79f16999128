import type { GroupName } from '../metrics/group';

/** Thrown when the gateway does not accept a group. */
export class PushError extends Error {
  override readonly name: string = 'PushError';
  constructor(
    { job }: GroupName,
    /** The problem, without the name of the job. */
    readonly problem: string,
  ) {
    super(`job ${job}: ${problem}`);
  }
}

/** Thrown when the run has no time left to push the group. */
export class PushTimeoutError extends PushError {
  override readonly name = 'PushTimeoutError';
}
