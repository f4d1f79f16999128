import { HISTORY_MONTHS } from '../../lambdas/catalog/history';
import { lastFullDays, monthsUpTo, split } from '../../lambdas/domain/charge-period';

export { HISTORY_MONTHS };

/** Returns the oldest day that Cost Explorer has at a time. */
export function oldestDay(at: Date): string {
  return firstDay(at, HISTORY_MONTHS);
}

/** Returns the first day of the month that is `months` before the month of a time. */
export function firstDay(at: Date, months: number): string {
  const { end } = lastFullDays(at, { days: 1, settleDays: 0 }); // The day after: the month of a period is that of its last day.
  return monthsUpTo({ end }, months).start;
}

/**
 * Returns the day of the last run whose samples can be written as blocks. A run is stamped with the beginning of its day, and
 * Prometheus itself writes the last three hours.
 */
export function lastRunDay(now: Date): string {
  return dayOf(new Date(now.getTime() - 3 * HOUR_MS));
}

const HOUR_MS = 3_600_000;

/** Returns the days of the runs from the day after `first`, which the first run covers, up to `last`. */
export function runDays(first: string, last: string): string[] {
  const end = lastFullDays(new Date(last), { days: 1, settleDays: 0 }).end;
  return split({ start: first, end }, 'DAILY')
    .map(({ start }) => start)
    .slice(1);
}

/** Returns the UTC day of a time. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
