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

/** Counts steps back from the end, so that the last point is the value that stats and tables show. */
export function steps({ from, to }: TimeRange, interval = '1m'): { times: number[]; stepMs: number } {
  const [, count = '1', unit = ''] = /^>?(\d+)([smhdw])$/.exec(interval) ?? [];
  const least = Number(count) * (UNITS_MS[unit] ?? 60_000);
  const stepMs = Math.max(least, Math.ceil((to - from) / MOST_POINTS / 60_000) * 60_000);
  const length = Math.floor((to - from) / stepMs) + 1;
  return { times: Array.from({ length }, (_, i) => to - (length - 1 - i) * stepMs), stepMs };
}
