import { longestGapHours } from '../constructs/hours';

/** A run's own time, its retry, and the hour of a clock change. */
const SLACK_HOURS = 2;

/** The hours after which a schedule has missed two runs in a row. */
export function twoMissedRunsHours(hours: readonly number[]): number {
  return 2 * longestGapHours(hours) + SLACK_HOURS;
}

/** The hours after which what one run told has been told by the next, too. */
export function nextRunHours(hours: readonly number[]): number {
  return longestGapHours(hours) + SLACK_HOURS;
}
