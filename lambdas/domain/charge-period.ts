/** Whole UTC days as `YYYY-MM-DD`, as Cost Explorer's TimePeriod takes them: the end is exclusive. */
export interface ChargePeriod {
  readonly start: string;
  readonly end: string;
}

const DAY_MS = 86_400_000;

/**
 * The last whole UTC days before a moment. With `settleDays` 1 the last of them is yesterday, with 2 the day before:
 * Cost Explorer lags about a day.
 */
export function lastFullDays(
  at: Date,
  { days, settleDays }: { days: number; settleDays: number },
): ChargePeriod {
  const end = utcMidnight(at) - (settleDays - 1) * DAY_MS;
  return { start: isoDay(end - days * DAY_MS), end: isoDay(end) };
}

/** The month that the period's last day is in, up to the end of the period. */
export function monthToDate({ end }: Pick<ChargePeriod, 'end'>): ChargePeriod {
  return { start: firstOfMonth(lastDay(end), 0), end };
}

/** So many whole calendar months, and up to the end the one that the last day is in. */
export function monthsUpTo({ end }: Pick<ChargePeriod, 'end'>, months: number): ChargePeriod {
  return { start: firstOfMonth(lastDay(end), -months), end };
}

/** The calendar month of a day, `2026-03`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** From the end of a period to the end of the month that it is in: what a forecast has to tell. */
export function restOfMonth({ end }: Pick<ChargePeriod, 'end'>): ChargePeriod {
  return { start: end, end: firstOfMonth(end, 1) };
}

/** The period from the earlier of both starts. */
export function longer(a: ChargePeriod, b: ChargePeriod): ChargePeriod {
  return a.start < b.start ? a : b;
}

/** The end of a period in Unix seconds. */
export function periodEndSeconds({ end }: ChargePeriod): number {
  return Date.parse(end) / 1000;
}

/** Whether a day, `YYYY-MM-DD`, lies in the period. */
export function includesDay({ start, end }: ChargePeriod, day: string): boolean {
  return start <= day && day < end;
}

/** The last days of a period, at most as many as asked for, the last first. */
export function daysBackFrom({ start, end }: ChargePeriod, count: number): string[] {
  const days = Array.from({ length: count }, (_, index) => isoDay(Date.parse(end) - (index + 1) * DAY_MS));
  return days.filter((day) => day >= start);
}

function lastDay(end: string): string {
  return isoDay(Date.parse(end) - DAY_MS);
}

/** The first of the month so many months after that of the day. */
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
