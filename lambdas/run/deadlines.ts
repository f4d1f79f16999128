import { timeoutSignal } from '../timeout-signal';

/** The moments at which a run stops its steps, each early enough for the steps after it. */
export interface Deadlines {
  /** Ends requests to AWS. */
  readonly read: AbortSignal;
  /** Ends pushes and deletions of groups. */
  readonly push: AbortSignal;
  /** Ends the push of the run's health. */
  readonly health: AbortSignal;
  /** Ends the record of the run's result. */
  readonly ledger: AbortSignal;
}

/**
 * Returns the deadlines of an invocation.
 * @param remainingMs Milliseconds until Lambda ends the process.
 * @param after Returns a signal that aborts after the given number of milliseconds.
 */
export function deadlinesOf(
  remainingMs: number,
  after: (ms: number) => AbortSignal = timeoutSignal,
): Deadlines {
  const before = (reserveMs: number) => after(Math.max(0, remainingMs - reserveMs));
  return { read: before(20_000), push: before(10_000), health: before(5_000), ledger: before(2_000) };
}
