import { type Matchers, ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { age, aggregate, apply, date } from '../../../lambdas/promql/vector';
import { COUNT, DATE, SECONDS, USD } from '../panel';
import { stat } from '../stat';
import { GAP, LATE, NONE_WRONG, ON_OFF } from './states';

/** The runs whose numbers a dashboard shows. */
type Runs = Matchers<'account_id' | 'collector'>;

/** The breakdowns that a dashboard shows. */
type Breakdowns = Matchers<'account_id' | 'region' | 'breakdown'>;

export function coveredUntil(breakdowns: Breakdowns, width: number) {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', breakdowns));
  return stat({
    title: 'Covered until',
    description:
      'End of the cost window (UTC, exclusive): the days before it are in the numbers. Of several accounts and Regions, the one that lags most.',
    width,
    height: 4,
    value: date(aggregate('min', ends)),
    unit: DATE,
  });
}

export function sinceSuccess(runs: Runs, width: number) {
  const success = ofEachInstallation(series('tollgate_success_timestamp_seconds', runs));
  return stat({
    title: 'Since the last whole run',
    description:
      'Of the collector behind these numbers that waits longest; Suite health names them all, with those that never ended a whole run. Collectors run once a day unless `hours` says otherwise: yellow after one missed run, red after two.',
    width,
    height: 4,
    value: aggregate('max', age(success)),
    unit: SECONDS,
    steps: LATE,
  });
}

export function incomplete(runs: Runs, width: number) {
  return stat({
    title: 'Incomplete runs',
    description:
      'Collectors behind these numbers whose last run left something out. What a part could not read keeps its old numbers: Suite health says what failed, and why.',
    width,
    height: 4,
    value: aggregate('sum', ofEachInstallation(series('tollgate_run_incomplete', runs))),
    unit: COUNT,
    steps: NONE_WRONG,
  });
}

export function largestGap(breakdowns: Breakdowns, width: number) {
  const gaps = ofEachInstallation(series('tollgate_breakdown_gap_usd', breakdowns));
  return stat({
    title: 'Largest gap',
    description:
      'Between a total that was asked for separately and the sum of its breakdown, over accounts and Regions: half a cent or more says that a number is missing or counted twice.',
    width,
    height: 4,
    value: aggregate('max', apply('abs', gaps)),
    unit: USD,
    steps: GAP,
  });
}

export function resourceData(runs: Runs, width: number) {
  return stat({
    title: 'Resource-level data',
    description:
      'Off while an account has not switched on resource-level data in the Cost Explorer preferences: its resource tables stay empty.',
    width,
    height: 4,
    value: aggregate('min', ofEachInstallation(series('tollgate_resource_data_available', runs))),
    unit: COUNT,
    mappings: ON_OFF,
  });
}
