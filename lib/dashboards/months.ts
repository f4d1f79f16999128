import { aggregate, type LabelName, series, type Vector } from './promql';

/** Which calendar month, seen from the last day that the costs of the accounts cover. */
export type MonthName = keyof typeof DAY_IN;

type AccountMonths = Vector<'account_id' | 'month'>;

/** The costs of one month, by the labels to keep. */
export function ofMonth<K extends 'account_id' = never>(
  costs: AccountMonths,
  month: MonthName,
  labels: readonly K[] = [],
): Vector<K> {
  return aggregate('sum', matched('and', byMonth(costs, labels), month), labels);
}

/** The same of all months but one. */
export function ofOtherMonths<K extends 'account_id' = never>(
  costs: AccountMonths,
  month: MonthName,
  labels: readonly K[] = [],
): Vector<K> {
  return aggregate('sum', matched('unless', byMonth(costs, labels), month), labels);
}

/** What a month that is not over cost on each of its days that are covered. */
export function perDaySoFar<L extends LabelName>(costs: Vector<L>): Vector<L> {
  return perDay(costs, `day_of_month(${DAY_IN.running})`);
}

/** What a whole month cost on each of its days. */
export function perDayOf<L extends LabelName>(costs: Vector<L>, month: MonthName): Vector<L> {
  return perDay(costs, `days_in_month(${DAY_IN[month]})`);
}

const PERIOD_END = aggregate(
  'max',
  series('tollgate_breakdown_period_end_timestamp_seconds', { breakdown: '="account"' }),
).expr;
const LAST_DAY = `(${PERIOD_END} - 86400)`;

/** A moment of the month, in Unix seconds. A forecast is of the month that the end of the period is in. */
const DAY_IN = {
  running: LAST_DAY,
  last: endOfMonthBefore(LAST_DAY),
  beforeForecast: endOfMonthBefore(PERIOD_END),
} as const;

/** Days of the month count from 1: so many days earlier is the last day of the month before. */
function endOfMonthBefore(moment: string): string {
  return `(${moment} - 86400 * day_of_month(${moment}))`;
}

function byMonth(costs: AccountMonths, labels: readonly 'account_id'[]): AccountMonths {
  return aggregate('sum', costs, [...labels, 'month']);
}

function matched<L extends LabelName>(
  operator: 'and' | 'unless',
  { expr, labels }: Vector<L>,
  month: MonthName,
): Vector<L> {
  return { expr: `(${expr} ${operator} ignoring (account_id) ${named(month)})`, labels };
}

/** One element whose label `month` says which: PromQL cannot compare a label with a time, but can make labels of values. */
function named(month: MonthName): string {
  const yearMonth = `100 * year(${DAY_IN[month]}) + month(${DAY_IN[month]})`;
  return `label_replace(count_values("month", ${yearMonth}), "month", "$1-$2", "month", "(.{4})(.{2})")`;
}

function perDay<L extends LabelName>({ expr, labels }: Vector<L>, days: string): Vector<L> {
  return { expr: `(${expr} / on () group_left () ${days})`, labels };
}
