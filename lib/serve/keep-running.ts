import type { Timing } from '../../lambdas/sinks/timing';
import type { Schedule } from './schedule';

interface Work {
  readonly schedule: Schedule;
  /** Reports whether the run of a scheduled time may still be attempted. */
  readonly isOpen: (time: Date) => boolean;
  /** Attempts the run of a scheduled time. Resolves with true when it is complete. */
  readonly attempt: (time: Date) => Promise<boolean>;
  readonly timing: Pick<Timing, 'now' | 'sleep'>;
  /** Ends the loop when the attempt under way has ended. */
  readonly stop: AbortSignal;
}

/**
 * Runs a collector at its scheduled times until it is stopped. It begins with the last scheduled time. A run never overlaps the one
 * before it, and repeats after a minute if it was incomplete.
 */
export async function keepRunning({ schedule, isOpen, attempt, timing, stop }: Work): Promise<void> {
  const now = () => new Date(timing.now());
  while (!stop.aborted) {
    const time = schedule.lastAt(now());
    if (!isOpen(time)) await until(schedule.nextAfter(time), timing, stop);
    else if (!(await attempt(time))) await pause(RETRY_MS, timing, stop);
  }
}

/** The pause before Lambda's first retry of an asynchronous invocation. */
const RETRY_MS = 60_000;

/** Waits in short pauses, because a timer does not notice that the machine slept or that its clock was set. */
async function until(time: Date, timing: Work['timing'], stop: AbortSignal): Promise<void> {
  for (let left = time.getTime() - timing.now(); left > 0 && !stop.aborted; ) {
    await pause(Math.min(left, RETRY_MS), timing, stop);
    left = time.getTime() - timing.now();
  }
}

/** Ends early when the loop is stopped. */
async function pause(ms: number, timing: Work['timing'], stop: AbortSignal): Promise<void> {
  await timing.sleep(ms, stop).catch((error) => {
    if (!stop.aborted) throw error;
  });
}
