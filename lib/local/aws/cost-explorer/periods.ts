import { addDays } from '../../bill/day';

/** Days as YYYY-MM-DD; the end is exclusive. */
export interface Period {
  readonly Start: string;
  readonly End: string;
}

/** Where the next period begins, after the one that begins on the day. */
const NEXT = {
  DAILY: (day: string) => addDays(day, 1),
  MONTHLY: firstOfNextMonth,
} as const;

export type Granularity = keyof typeof NEXT;

export const GRANULARITIES = Object.keys(NEXT) as Granularity[];

/** Cuts a period at the edges of days or months. */
export function split({ Start, End }: Period, granularity: Granularity): Period[] {
  const periods: Period[] = [];
  for (let start = Start; start < End; ) {
    const next = NEXT[granularity](start);
    const end = next < End ? next : End;
    periods.push({ Start: start, End: end });
    start = end;
  }
  return periods;
}

export function daysOf(period: Period): string[] {
  return split(period, 'DAILY').map(({ Start }) => Start);
}

export function firstOfNextMonth(day: string): string {
  return firstOfMonth(day, 1);
}

/** The first of the month so many months after (or, negative, before) that of the day. */
export function firstOfMonth(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
