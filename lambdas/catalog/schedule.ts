/** Returns the hours of the longest time between two runs, which may span midnight. */
export function longestGapHours(hours: readonly number[]): number {
  return Math.max(...gaps(hours));
}

/** Returns the hours of the shortest time between two runs, which may span midnight. */
export function shortestGapHours(hours: readonly number[]): number {
  return Math.min(...gaps(hours));
}

function gaps(hours: readonly number[]): number[] {
  const sorted = [...new Set(hours)].sort((a, b) => a - b);
  return sorted.map((hour, i) => (sorted[i + 1] ?? (sorted[0] ?? 0) + 24) - hour);
}
