/** The longest time between two runs of a day's hours, in hours, across midnight too. */
export function longestGapHours(hours: readonly number[]): number {
  return Math.max(...gaps(hours));
}

export function shortestGapHours(hours: readonly number[]): number {
  return Math.min(...gaps(hours));
}

function gaps(hours: readonly number[]): number[] {
  const sorted = [...new Set(hours)].sort((a, b) => a - b);
  return sorted.map((hour, i) => (sorted[i + 1] ?? (sorted[0] ?? 0) + 24) - hour);
}
