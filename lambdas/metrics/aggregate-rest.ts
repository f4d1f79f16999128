import { sumUsd, type Usd } from '../domain/amounts';

/** Something with an exact amount. */
export interface Line {
  readonly usd: Usd;
}

/** The lines to show, and those that one line with their sum stands for. */
export interface Folded<L> {
  readonly kept: readonly L[];
  readonly folded: readonly L[];
}

/**
 * Keeps the `limit` largest lines by absolute amount: the sum of both halves is that of all. Lines keep their order; of
 * equal amounts the earlier stays.
 */
export function largest<L extends Line>(lines: readonly L[], limit: number): Folded<L> {
  if (lines.length <= limit) return { kept: lines, folded: [] };
  const bySize = [...lines].sort((a, b) => b.usd.abs().cmp(a.usd.abs()));
  const kept = new Set(bySize.slice(0, Math.max(0, limit)));
  return { kept: lines.filter((line) => kept.has(line)), folded: lines.filter((line) => !kept.has(line)) };
}

/** At most `limit` lines, the folded ones as one; `already` are folded whatever the limit. */
export function fold<L extends Line>(
  lines: readonly L[],
  { limit, already = [], other }: { limit: number; already?: readonly L[]; other: (usd: Usd) => L },
): L[] {
  const all = already.length === 0 && lines.length <= limit;
  if (all) return [...lines];
  const { kept, folded } = largest(lines, limit - 1);
  return [...kept, other(sumUsd([...already, ...folded].map(({ usd }) => usd)))];
}
