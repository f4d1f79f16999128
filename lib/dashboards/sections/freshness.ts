import { type Matchers, ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { age, aggregate, apply, date } from '../../../lambdas/promql/vector';
import { COUNT, DATE, SECONDS, USD } from '../panel';
import type { DashboardSettings, Runs } from '../selection';
import { stat } from '../stat';
import { AVAILABILITY, gapExplained, gapLevels, lateness, NONE_WRONG } from './states';

/** The breakdowns that a dashboard shows. */
type Breakdowns = Matchers<'account_id' | 'region' | 'breakdown'>;

/** Returns a panel with the end of the cost window. */
export function coveredUntil(breakdowns: Breakdowns, width: number) {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', breakdowns));
  return stat({
    title: 'Covered until',
    description:
      'End of the cost window (UTC, exclusive): the numbers include the days before it. The earliest end of all accounts and Regions.',
    width,
    height: 4,
    value: date(aggregate('min', ends)),
    unit: DATE,
  });
}

/** Returns a panel with the longest time since a complete run. */
export function sinceSuccess(runs: Runs, width: number) {
  const success = ofEachInstallation(series('tollgate_success_timestamp_seconds', runs.matchers));
  return stat({
    title: 'Since the last complete run',
    description:
      'The longest time of the collectors behind these numbers. Yellow after one missed run, red after two, by the schedule of the collector that runs least often. Suite health shows each collector by its own schedule, including those without a complete run.',
    width,
    height: 4,
    value: aggregate('max', age(success)),
    unit: SECONDS,
    steps: lateness(runs),
  });
}

/** Returns a panel with the number of collectors whose last run was incomplete. */
export function incomplete({ matchers }: Runs, width: number) {
  return stat({
    title: 'Incomplete runs',
    description:
      'Collectors behind these numbers whose last run was incomplete. A part that could not be read keeps its old numbers. Suite health shows what failed, and why.',
    width,
    height: 4,
    value: aggregate('sum', ofEachInstallation(series('tollgate_run_incomplete', matchers))),
    unit: COUNT,
    steps: NONE_WRONG,
  });
}

/** Returns a panel with the largest breakdown gap. */
export function largestGap(settings: DashboardSettings, breakdowns: Breakdowns, width: number) {
  const gaps = ofEachInstallation(series('tollgate_breakdown_gap_usd', breakdowns));
  return stat({
    title: 'Largest gap',
    description: `Largest difference between a separately requested total and the sum of its breakdown, over accounts and Regions. ${gapExplained(settings)}`,
    width,
    height: 4,
    value: aggregate('max', apply('abs', gaps)),
    unit: USD,
    steps: gapLevels(settings),
  });
}

/** Returns a panel that shows whether accounts have resource-level data. */
export function resourceData({ matchers }: Runs, width: number) {
  return stat({
    title: 'Resource-level data',
    description:
      'Not available if Cost Explorer has no resource-level data of an account: it is switched off in its preferences, or not ready today. The answer means both. Tables keep what was published before.',
    width,
    height: 4,
    value: aggregate('min', ofEachInstallation(series('tollgate_resource_data_available', matchers))),
    unit: COUNT,
    mappings: AVAILABILITY,
  });
}
