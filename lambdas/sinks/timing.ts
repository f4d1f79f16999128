import { setTimeout } from 'node:timers/promises';
import { timeoutSignal } from '../timeout-signal';

/** Time and chance, which tests simulate. */
export interface Timing {
  /** Returns the time in milliseconds since 1970. */
  now(): number;
  /** Resolves after the time, or rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>;
  /** Returns a signal that aborts after the time. */
  after(ms: number): AbortSignal;
  /** Returns a number from 0 to 1, without 1. */
  random(): number;
}

export const REAL_TIME: Timing = {
  now: Date.now,
  sleep: (ms, signal) => setTimeout(ms, undefined, { signal }),
  after: timeoutSignal,
  random: Math.random,
};
