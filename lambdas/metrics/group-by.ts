import { type Cost, sumCosts } from '../domain/amounts';

/** The rows that share a key. */
interface Grouped<K, R> {
  readonly key: K;
  readonly rows: readonly R[];
}

/** The rows that share a key, and the sum of their cost. */
export interface Sum<K, R> extends Grouped<K, R>, Cost {}

type Key = Readonly<Record<string, string>>;

/** Returns one exact sum for each key, sorted by the values of the key. */
export function sumBy<K extends Key, R extends Cost>(rows: readonly R[], keyOf: (row: R) => K): Sum<K, R>[] {
  return groupBy(rows, keyOf).map((group) => ({ ...group, usd: sumCosts(group.rows) }));
}

/** Returns the rows of each key, sorted by the values of the key. */
export function groupBy<K extends Key, R>(rows: readonly R[], keyOf: (row: R) => K): Grouped<K, R>[] {
  const groups = new Map<string, { readonly key: K; readonly rows: R[] }>();
  for (const row of rows) {
    const key = keyOf(row);
    const id = JSON.stringify(Object.values(key));
    const known = groups.get(id);
    if (known) known.rows.push(row);
    else groups.set(id, { key, rows: [row] });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
