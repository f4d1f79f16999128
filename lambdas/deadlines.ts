/** When a run must stop doing what, each early enough for what comes after it. */
export interface Deadlines {
  /** No more questions to AWS. */
  readonly read: AbortSignal;
  /** No more groups to the gateway. */
  readonly push: AbortSignal;
  /** The health of the run has been told, or never will be. */
  readonly health: AbortSignal;
}

/** @param remainingMs until Lambda ends the process. */
export function deadlinesOf(remainingMs: number): Deadlines {
  const before = (reserveMs: number) => AbortSignal.timeout(Math.max(0, remainingMs - reserveMs));
  return { read: before(20_000), push: before(10_000), health: before(5_000) };
}
