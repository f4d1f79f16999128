import type { GroupName } from '../metrics/group';

/** The gateway did not take a group. */
export class PushError extends Error {
  override readonly name = 'PushError';
  constructor(
    { job }: GroupName,
    /** What went wrong, without the job. */
    readonly problem: string,
  ) {
    super(`job ${job}: ${problem}`);
  }
}
