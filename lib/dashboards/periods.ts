import { before, is, series } from '../../lambdas/promql/selector';
import {
  aggregate,
  apply,
  compared,
  type LabelName,
  minus,
  overOne,
  plus,
  relabelled,
  times,
  unless,
  type Vector,
  valuesAsLabel,
  where,
} from '../../lambdas/promql/vector';

/** Returns the costs of one month, by the labels to keep. */
export function ofMonth<K extends 'account_id' = never>(
  costs: AccountMonths,
  month: MonthName,
  labels: readonly K[] = [],
): Vector<K> {
  return aggregate('sum', where(byMonth(costs, labels), ['month'], named(month)), labels);
}

/** Returns the costs of all months except one, by the labels to keep. */
export function ofOtherMonths<K extends 'account_id' = never>(
  costs: AccountMonths,
  month: MonthName,
  labels: readonly K[] = [],
): Vector<K> {
  return aggregate('sum', unless(byMonth(costs, labels), ['month'], named(month)), labels);
}

/** Returns the average daily cost of the running month, over its covered days. */
export function perDaySoFar<L extends LabelName>(costs: Vector<L>): Vector<L> {
  return overOne(costs, apply('day_of_month', MOMENTS.running));
}

/** Returns the average daily cost of a full month. */
export function perDayOf<L extends LabelName>(costs: Vector<L>, month: MonthName): Vector<L> {
  return overOne(costs, apply('days_in_month', MOMENTS[month]));
}

/** The distance to the same weekday before. */
export const WEEK = '7d';

/** Keeps a comparison with a week ago only if the period has moved by exactly a week, so that weekdays are equal. */
export function overAWeek<L extends LabelName>(value: Vector<L>, breakdown: 'user' | 'service'): Vector<L> {
  const end = series('tollgate_breakdown_period_end_timestamp_seconds', { breakdown: is(breakdown) });
  const moved = minus(aggregate('max', end), aggregate('max', before(end, WEEK)));
  return where(value, [], compared(moved, '==', 604800));
}

type Time = Vector<never>;

/** Seconds from the epoch to the end of the last day that the costs of the accounts cover. */
const PERIOD_END: Time = aggregate(
  'max',
  series('tollgate_breakdown_period_end_timestamp_seconds', { breakdown: is('account') }),
);
const LAST_DAY = minus(PERIOD_END, 86_400);

/** A moment of each month. A forecast is of the month that contains the end of the period. */
const MOMENTS = {
  running: LAST_DAY,
  last: endOfMonthBefore(LAST_DAY),
  beforeForecast: endOfMonthBefore(PERIOD_END),
};

/** A calendar month, seen from the last day that the costs of the accounts cover. */
type MonthName = keyof typeof MOMENTS;

type AccountMonths = Vector<'account_id' | 'month'>;

/** Goes back as many days as the day of the month, to the last day of the month before. */
function endOfMonthBefore(moment: Time): Time {
  return minus(moment, times(86_400, apply('day_of_month', moment)));
}

function byMonth(costs: AccountMonths, labels: readonly 'account_id'[]): AccountMonths {
  return aggregate('sum', costs, [...labels, 'month']);
}

/** Returns one element whose label is the month. PromQL cannot compare a label with a time, but can make a label of a value. */
function named(month: MonthName): Vector<'month'> {
  const moment = MOMENTS[month];
  const yearMonth = plus(times(100, apply('year', moment)), apply('month', moment));
  const pattern = { pattern: '(.{4})(.{2})', replacement: '$1-$2' };
  return relabelled(valuesAsLabel('month', yearMonth), 'month', pattern);
}
