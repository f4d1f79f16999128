/** The rows to show, and the rows that are only counted. */
interface Bounded<R> {
  readonly shown: readonly R[];
  readonly rest: readonly R[];
}

/** Splits the rows after the first `limit`. */
export function bounded<R>(rows: readonly R[], limit: number): Bounded<R> {
  const end = Math.max(0, limit);
  return { shown: rows.slice(0, end), rest: rows.slice(end) };
}
