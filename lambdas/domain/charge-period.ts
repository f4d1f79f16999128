/** A period of full UTC days, `YYYY-MM-DD`. The end is exclusive, as in Cost Explorer's TimePeriod. */
export interface ChargePeriod {
  readonly start: string;
  readonly end: string;
}

const DAY_MS = 86_400_000;

/**
 * Returns the last full UTC days before a time. `settleDays` skips the newest days, because Cost Explorer lags about a
 * day: with 1 the last day is yesterday, with 2 it is the day before.
 */
export function lastFullDays(
  at: Date,
  { days, settleDays }: { days: number; settleDays: number },
): ChargePeriod {
  const end = utcMidnight(at) - (settleDays - 1) * DAY_MS;
  return { start: isoDay(end - days * DAY_MS), end: isoDay(end) };
}

/** Returns the month of the period's last day, up to the end of the period. */
export function monthToDate({ end }: Pick<ChargePeriod, 'end'>): ChargePeriod {
  return { start: firstOfMonth(lastDay(end), 0), end };
}

/** Returns the given number of full months, plus the month of the last day up to `end`. */
export function monthsUpTo({ end }: Pick<ChargePeriod, 'end'>, months: number): ChargePeriod {
  return { start: firstOfMonth(lastDay(end), -months), end };
}

/** Returns the calendar month of a day: `2026-03`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The length of the parts of a period, in the words of Cost Explorer. */
export type Granularity = keyof typeof NEXT;

/** Returns the days or the calendar months of a period, cut at its ends. */
export function split({ start, end }: ChargePeriod, granularity: Granularity): ChargePeriod[] {
  const parts: ChargePeriod[] = [];
  for (let from = start; from < end; ) {
    const next = NEXT[granularity](from);
    const until = next < end ? next : end;
    parts.push({ start: from, end: until });
    from = until;
  }
  return parts;
}

/** Returns the first day after the day or the month of a day. */
const NEXT = {
  DAILY: (day: string) => isoDay(Date.parse(day) + DAY_MS),
  MONTHLY: (day: string) => firstOfMonth(day, 1),
} as const;

/** Returns the part of a period that is not over at a time: from its day on. Undefined if all of it is over. */
export function remainder({ start, end }: ChargePeriod, at: Date): ChargePeriod | undefined {
  const today = isoDay(utcMidnight(at));
  const from = today > start ? today : start;
  return from < end ? { start: from, end } : undefined;
}

/** Returns the number of days in a period. */
export function daysIn({ start, end }: ChargePeriod): number {
  return (Date.parse(end) - Date.parse(start)) / DAY_MS;
}

/** Returns the period from `end` to the end of its month, which a forecast covers. */
export function restOfMonth({ end }: Pick<ChargePeriod, 'end'>): ChargePeriod {
  return { start: end, end: firstOfMonth(end, 1) };
}

/** Returns the period that starts earlier. */
export function longer(a: ChargePeriod, b: ChargePeriod): ChargePeriod {
  return a.start < b.start ? a : b;
}

/** Returns the end of a period in Unix seconds. */
export function periodEndSeconds({ end }: ChargePeriod): number {
  return Date.parse(end) / 1000;
}

/** Reports whether the period includes a day, `YYYY-MM-DD`. */
export function includesDay({ start, end }: ChargePeriod, day: string): boolean {
  return start <= day && day < end;
}

/** Returns the last days of a period, at most `count`, the last day first. */
export function daysBackFrom({ start, end }: ChargePeriod, count: number): string[] {
  const days = Array.from({ length: count }, (_, index) => isoDay(Date.parse(end) - (index + 1) * DAY_MS));
  return days.filter((day) => day >= start);
}

function lastDay(end: string): string {
  return isoDay(Date.parse(end) - DAY_MS);
}

/** Returns the first day of the month that is `months` after the month of `day`. */
function firstOfMonth(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return isoDay(Date.UTC(year, month - 1 + months, 1));
}

function utcMidnight(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS) * DAY_MS;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
