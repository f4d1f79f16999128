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
export function lastWholeDays(
  at: Date,
  { days, settleDays }: { days: number; settleDays: number },
): ChargePeriod {
  const end = utcMidnight(at) - (settleDays - 1) * DAY_MS;
  return { start: isoDay(end - days * DAY_MS), end: isoDay(end) };
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

function utcMidnight(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS) * DAY_MS;
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
