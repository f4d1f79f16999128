/** Start and end in milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Ranges that one click selects, in Grafana's notation. */
export const PRESETS = [
  { title: '24 h', from: 'now-24h' },
  { title: '7 d', from: 'now-7d' },
  { title: '30 d', from: 'now-30d' },
  { title: '90 d', from: 'now-90d' },
] as const;

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** Reads `now`, `now-30d` or milliseconds. */
export function timeOf(text: string, now: number): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [, count = '0', unit = 's'] = /^now(?:-(\d+)([smhdw]))?$/.exec(text) ?? fail(text);
  return now - Number(count) * (UNITS_MS[unit] ?? fail(text));
}

function fail(text: string): never {
  throw new Error(`expected a time such as now-30d or milliseconds, got ${text}`);
}

const MOST_POINTS = 1000;

/** Returns the multiples of the step within the range, as Grafana does in UTC: steps of a day are at 00:00. */
export function steps({ from, to }: TimeRange, interval = '1m'): { times: number[]; stepMs: number } {
  const [, count = '1', unit = ''] = /^>?(\d+)([smhdw])$/.exec(interval) ?? [];
  const leastMs = Number(count) * (UNITS_MS[unit] ?? 60_000);
  const stepMs = leastMs * Math.ceil((to - from) / MOST_POINTS / leastMs);
  const [first, last] = [from, to].map((time) => Math.floor(time / stepMs)) as [number, number];
  return { times: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * stepMs), stepMs };
}
