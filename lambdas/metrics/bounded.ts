/** The rows to show, and the rows that are only counted. */
interface Bounded<R> {
  readonly shown: readonly R[];
  readonly rest: readonly R[];
}

/** Returns all rows if they fit; otherwise the first rows, with room for `counts` rows that count the rest. */
export function bounded<R>(
  rows: readonly R[],
  { limit, counts = 1 }: { limit: number; counts?: number },
): Bounded<R> {
  const end = rows.length <= limit ? rows.length : Math.max(0, limit - counts);
  return { shown: rows.slice(0, end), rest: rows.slice(end) };
}
