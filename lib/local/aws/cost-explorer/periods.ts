import { addDays, daysFrom, firstOfMonth } from '../../bill/day';

/** Days as YYYY-MM-DD; the end is exclusive. */
export interface Period {
  readonly Start: string;
  readonly End: string;
}

/** Returns the first day of the next period. */
const NEXT = {
  DAILY: (day: string) => addDays(day, 1),
  MONTHLY: (day: string) => firstOfMonth(day, 1),
} as const;

/** The length of the periods of an answer. */
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

/** Returns each day of a period. */
export function daysOf({ Start, End }: Period): string[] {
  return daysFrom(Start, End);
}
