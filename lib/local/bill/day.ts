const DAY_MS = 86_400_000;

/** The UTC day of the moment, YYYY-MM-DD. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** The day so many days after (or, negative, before) the given one, both YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(midnight(day).getTime() + days * DAY_MS));
}

/** The UTC midnight that the day begins with. */
export function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

/** Whether the text is a day of the calendar as YYYY-MM-DD: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(midnight(text).getTime()) && addDays(text, 0) === text
  );
}

/** The first of the month so many months after (or, negative, before) that of the day. */
export function firstOfMonth(day: string, months: number): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return dayOf(new Date(Date.UTC(year, month - 1 + months, 1)));
}

/** The days from the first, without the end. */
export function daysFrom(first: string, end: string): string[] {
  const count = Math.max(0, (midnight(end).getTime() - midnight(first).getTime()) / DAY_MS);
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}
