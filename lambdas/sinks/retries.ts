import type { HttpAnswer } from './http-exchange';
import type { Timing } from './timing';

/** The attempts at one request. */
export interface Retries {
  /** Milliseconds for an attempt and its complete answer. */
  readonly attemptMs: number;
  /** Milliseconds for all attempts and the pauses between them. */
  readonly totalMs: number;
  /** Reports whether an answer ends the attempts. A missing answer never does. */
  readonly isFinal: (answer: HttpAnswer) => boolean;
  /** Asked before each retry. */
  readonly mayRetry: () => boolean;
  /** Ends attempts and pauses. */
  readonly signal: AbortSignal;
  readonly timing: Timing;
}

/**
 * Sends an idempotent request until an answer is final, after random pauses whose limit doubles each time and which are at
 * least as long as the answer's `Retry-After`. Resolves with the last answer, or rejects with its error.
 */
export async function withRetries(
  send: (signal: AbortSignal) => Promise<HttpAnswer>,
  retries: Retries,
): Promise<HttpAnswer> {
  const { signal, timing } = retries;
  const endsAt = timing.now() + retries.totalMs;
  for (let retry = 0; ; retry += 1) {
    const timeout = timing.after(Math.min(retries.attemptMs, endsAt - timing.now()));
    const [outcome] = await Promise.allSettled([send(AbortSignal.any([signal, timeout]))]);
    const answer = outcome.status === 'fulfilled' ? outcome.value : undefined;
    const pause = Math.max(jitter(retry, timing), retryAfter(answer, timing));
    const isLast = retry === MOST_RETRIES || timing.now() + pause >= endsAt || !retries.mayRetry();
    if (isLast || (answer && retries.isFinal(answer)) || !(await slept(pause, retries)))
      return result(outcome);
  }
}

/** Eight attempts. When every twentieth connection is reset, fewer than one request in 25 billion fails. */
const MOST_RETRIES = 7;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 4_000;

/** Returns a random pause, so that parallel requests do not come back together. */
function jitter(retry: number, { random }: Timing): number {
  return random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retry);
}

/** Returns the milliseconds in the header `Retry-After`, which holds seconds or a date; 0 without one. */
function retryAfter(answer: HttpAnswer | undefined, { now }: Timing): number {
  const value = answer?.headers['retry-after'] ?? '0';
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now();
  return Math.max(0, ms) || 0;
}

/** Resolves with false if the signal aborted. */
function slept(ms: number, { signal, timing }: Retries): Promise<boolean> {
  return timing.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}

function result(outcome: PromiseSettledResult<HttpAnswer>): HttpAnswer {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
