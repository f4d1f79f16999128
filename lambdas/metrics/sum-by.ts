import { sumUsd, type Usd } from '../domain/amounts';
import type { Line } from './aggregate-rest';

/** The lines of one key, and what they cost together. */
export interface Sum<K, L> {
  readonly key: K;
  readonly lines: readonly L[];
  readonly usd: Usd;
}

/** One exact sum a key, sorted by the key's texts. */
export function sumBy<K extends Readonly<Record<string, string>>, L extends Line>(
  lines: readonly L[],
  keyOf: (line: L) => K,
): Sum<K, L>[] {
  const groups = new Map<string, { readonly key: K; readonly lines: L[] }>();
  for (const line of lines) {
    const key = keyOf(line);
    const id = JSON.stringify(Object.values(key));
    const known = groups.get(id);
    if (known) known.lines.push(line);
    else groups.set(id, { key, lines: [line] });
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { key, lines }]) => ({ key, lines, usd: sumUsd(lines.map(({ usd }) => usd)) }));
}
