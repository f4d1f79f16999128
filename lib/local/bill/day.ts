const DAY_MS = 86_400_000;

/** Returns the UTC day of a time, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Returns the day `days` after the given one, both YYYY-MM-DD; `days` may be negative. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(midnight(day).getTime() + days * DAY_MS));
}

/** Returns the UTC midnight at which the day begins. */
export function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Reports whether the string is a calendar day, YYYY-MM-DD. 2026-02-30 is not. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(midnight(text).getTime()) && addDays(text, 0) === text
  );
}

/** Returns the first day of the month `months` after `day`'s month; `months` may be negative. */
export function firstOfMonth(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(new Date(Date.UTC(year, month - 1 + months, 1)));
}

/** Returns the days from `first` up to, and without, `end`. */
export function daysFrom(first: string, end: string): string[] {
  const count = Math.max(0, (midnight(end).getTime() - midnight(first).getTime()) / DAY_MS);
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}
