import type { Timing } from '../../lambdas/sinks/timing';

/** A clock that a test sets. */
export interface ManualTime extends Pick<Timing, 'now' | 'sleep'> {
  /** Advances the clock, and wakes those whose time has come. */
  advance(ms: number): Promise<void>;
  /** Returns the number of those that wait. */
  sleepers(): number;
}

export function manualTime(start: Date): ManualTime {
  let now = start.getTime();
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        const abort = () => {
          waiting.delete(sleeper);
          reject(signal.reason);
        };
        const wake = () => resolve(signal.removeEventListener('abort', abort));
        const sleeper = { at: now + ms, wake };
        waiting.add(sleeper);
        signal.addEventListener('abort', abort);
      }),
    async advance(ms) {
      for (const end = now + ms; now < end; ) {
        now = Math.min(end, ...[...waiting].map(({ at }) => at));
        for (const sleeper of waiting)
          if (sleeper.at <= now) {
            waiting.delete(sleeper);
            sleeper.wake();
          }
        await new Promise(setImmediate); // A sleeper that woke may wait again.
      }
    },
    sleepers: () => waiting.size,
  };
}
