import type { GroupName } from '../metrics/group';

/** The gateway did not take a group. */
export class PushError extends Error {
  override readonly name: string = 'PushError';
  constructor(
    { job }: GroupName,
    /** What went wrong, without the job. */
    readonly problem: string,
  ) {
    super(`job ${job}: ${problem}`);
  }
}

/** The run had no time left to push the group. */
export class PushTimeoutError extends PushError {
  override readonly name = 'PushTimeoutError';
}
