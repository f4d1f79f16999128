import type { Weight } from '../domain/amounts';

/** The rows to show, and the rows that one row stands for. */
interface Split<R> {
  readonly shown: readonly R[];
  readonly rest: readonly R[];
}

/**
 * Splits off all but the `limit` heaviest rows. The shown rows keep their order; of equal weights the earlier row is
 * shown.
 */
export function heaviest<R>(rows: readonly R[], limit: number, weight: (row: R) => Weight): Split<R> {
  if (rows.length <= limit) return { shown: rows, rest: [] };
  const byWeight = rows
    .map((row) => ({ row, weight: weight(row) }))
    .sort((a, b) => b.weight.cmp(a.weight))
    .map(({ row }) => row);
  const shown = new Set(byWeight.slice(0, Math.max(0, limit)));
  return { shown: rows.filter((row) => shown.has(row)), rest: rows.filter((row) => !shown.has(row)) };
}

interface Aggregation<R> {
  /** Rows to show at most, the aggregated one included. */
  readonly limit: number;
  readonly weight: (row: R) => Weight;
  /** Rows to aggregate whatever the limit. @default none */
  readonly always?: readonly R[];
  /** Makes one row from the rows that do not fit. */
  readonly aggregate: (rest: readonly R[]) => R;
}

/** Returns all rows if they fit; otherwise the heaviest, followed by one row for the rest. */
export function aggregateRest<R>(
  rows: readonly R[],
  { limit, weight, always = [], aggregate }: Aggregation<R>,
): Split<R> {
  if (always.length === 0 && rows.length <= limit) return { shown: rows, rest: [] };
  const { shown, rest } = heaviest(rows, limit - 1, weight);
  const aggregated = [...always, ...rest];
  return { shown: [...shown, aggregate(aggregated)], rest: aggregated };
}
