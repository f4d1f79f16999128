import { before, is, ofEachInstallation, once, type Series, series } from '../../../lambdas/promql/selector';
import { aggregate, compared, date, minus, where } from '../../../lambdas/promql/vector';
import { COUNT, DATE, type Section, USD } from '../panel';
import { ACCOUNT } from '../selection';
import { table } from '../table';
import { coloured, FINAL_OR_NOT, GAP } from './states';

/** Whether the numbers add up, and how final they are. */
export function healthNumbersSection(): Section {
  return { title: 'How whole and how final the numbers are', panels: [breakdowns(), days(), restated()] };
}

/** Of the title alone: it compares two days. */
export const RESTATED_TITLE = 'Restated since the day before';

function breakdowns() {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', ACCOUNT));
  return table({
    title: 'Breakdowns by Region',
    description:
      'End of the window (UTC, exclusive) that each breakdown covers: one that lags behind the others could not be read. Gap: separately asked total minus the sum of the parts. Breakdowns of whole accounts have no Region.',
    width: 24,
    height: 9,
    columns: [
      { title: 'Covered until', unit: DATE, value: date(ends) },
      {
        title: 'Gap',
        unit: USD,
        value: ofEachInstallation(series('tollgate_breakdown_gap_usd', ACCOUNT)),
        options: coloured(GAP),
      },
    ],
    largestFirst: 'Gap',
  });
}

function days() {
  const costs = once(series('aws_region_day_billed_cost_usd', ACCOUNT));
  const estimated = once(series('aws_region_day_estimated', ACCOUNT));
  return table({
    title: 'Last days of the cost window',
    description:
      'Billed cost (UnblendedCost, USD) of each of the last whole days, 0 the newest, and whether Cost Explorer still calls it an estimate anywhere. Until then, and for some days after, AWS restates it.',
    width: 12,
    height: 8,
    columns: [
      { title: 'Cost', unit: USD, value: aggregate('sum', costs, ['days_before_period_end']) },
      {
        title: 'Still',
        unit: COUNT,
        value: aggregate('max', estimated, ['days_before_period_end']),
        options: coloured([], FINAL_OR_NOT),
      },
    ],
    largestFirst: 'Cost',
  });
}

function restated() {
  const place = ['account_id', 'region'] as const;
  const dayOfYesterday = aggregate('max', lastDays('1'), place);
  const asKnownYesterday = aggregate('max', before(lastDays('0'), '1d'), place);
  return table({
    title: RESTATED_TITLE,
    description:
      'By how much AWS has restated the last day of yesterday’s run since: positive is cost that came late. Only where the window moved by exactly a day, so that no two days are compared. Not final: it may be restated again.',
    width: 12,
    height: 8,
    columns: [
      {
        title: 'Restated by',
        unit: USD,
        value: where(minus(dayOfYesterday, asKnownYesterday), place, movedByADay()),
      },
    ],
    largestFirst: 'Restated by',
    sums: true,
  });
}

function lastDays(day: '0' | '1'): Series<'account_id' | 'region' | 'days_before_period_end'> {
  return series('aws_region_day_billed_cost_usd', { ...ACCOUNT, days_before_period_end: is(day) });
}

function movedByADay() {
  const ends = series('tollgate_breakdown_period_end_timestamp_seconds', {
    ...ACCOUNT,
    breakdown: is('user'),
  });
  return compared(minus(once(ends), once(before(ends, '1d'))), '==', 86400);
}
