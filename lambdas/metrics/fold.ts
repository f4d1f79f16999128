import { sumUsd, type Usd } from '../aws/usd';

/** Something with an exact amount. */
export interface Line {
  readonly usd: Usd;
}

/**
 * At most `limit` lines: the smallest by absolute amount become one line that holds their sum, so that the total is
 * kept to the last decimal. Lines keep their order; of equal amounts the earlier stays.
 */
export function fold<L extends Line>(lines: readonly L[], limit: number, other: (usd: Usd) => L): L[] {
  if (lines.length <= limit) return [...lines];
  const bySize = [...lines].sort((a, b) => b.usd.abs().cmp(a.usd.abs()));
  const kept = new Set(bySize.slice(0, limit - 1));
  const folded = lines.filter((line) => !kept.has(line));
  return [...lines.filter((line) => kept.has(line)), other(sumUsd(folded.map(({ usd }) => usd)))];
}
