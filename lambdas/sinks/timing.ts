import { setTimeout } from 'node:timers/promises';

/** Time and chance, which tests simulate. */
export interface Timing {
  /** Resolves after the time, or rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}

export const REAL_TIME: Timing = {
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
};
