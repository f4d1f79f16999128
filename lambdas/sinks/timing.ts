import { setTimeout as setTimer } from 'node:timers';
import { setTimeout } from 'node:timers/promises';

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
  after: endedAfter,
  random: Math.random,
};

/** Keeps the signal alive until it aborts. Node.js 20 forgets an `AbortSignal.timeout` of which only `AbortSignal.any` knows. */
function endedAfter(ms: number): AbortSignal {
  const timeout = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  setTimer(() => timeout.abort(reason), ms).unref();
  return timeout.signal;
}
