import type { CollectorName } from './collectors';
import { longestGapHours } from './schedule';

/** Hours of the day at which each collector runs. */
export type Hours = Readonly<Record<CollectorName, readonly number[]>>;

/** Covers a run's duration, its retry and the hour of a clock change. */
const SLACK_HOURS = 2;

/** Returns the hours since the last complete run after which a run is missing. */
export function lateAfterHours(hours: readonly number[]): number {
  return longestGapHours(hours) + SLACK_HOURS;
}

/** Returns the hours since the last complete run after which its numbers are stale: two runs in a row are missing. */
export function staleAfterHours(hours: readonly number[]): number {
  return 2 * longestGapHours(hours) + SLACK_HOURS;
}

/**
 * Returns the hours since the end of a charge period after which its figures are stale. The period of a run that has
 * just ended may already be `settleDays` old.
 */
export function stalePeriodAfterHours(hours: readonly number[], settleDays: number): number {
  return staleAfterHours(hours) + 24 * settleDays;
}
