import { before, is, ofEachInstallation, once, type Series, series } from '../../../lambdas/promql/selector';
import { aggregate, compared, date, minus, where } from '../../../lambdas/promql/vector';
import { COUNT, DATE, type Section, USD } from '../panel';
import { ACCOUNT, type DashboardSettings } from '../selection';
import { table } from '../table';
import { coloured, EMPTY_CELL, ESTIMATED, gapExplained, gapLevels } from './states';

/** Completeness and finality of the numbers. */
export function healthNumbersSection(settings: DashboardSettings): Section {
  return {
    title: 'Completeness and finality',
    panels: [breakdowns(settings), days(), restated(), aggregated()],
  };
}

/** Exported so that the plan can list this panel as one that needs history. */
export const RESTATED_TITLE = 'Restated since the day before';

function breakdowns(settings: DashboardSettings) {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', ACCOUNT));
  return table({
    title: 'Breakdowns by Region',
    description: `End of the window (UTC, exclusive) that each breakdown covers; a breakdown that lags behind the others could not be read. Gap: separately requested total minus the sum of the parts. ${gapExplained(settings)} Breakdowns of accounts have no Region.`,
    width: 24,
    height: 9,
    columns: [
      { title: 'Covered until', unit: DATE, value: date(ends) },
      {
        title: 'Gap',
        unit: USD,
        value: ofEachInstallation(series('tollgate_breakdown_gap_usd', ACCOUNT)),
        options: coloured(gapLevels(settings)),
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
      'Billed cost (UnblendedCost, USD) of each of the last full UTC days, and whether Cost Explorer calls it an estimate in any Region. AWS restates a day while it is an estimate, and for some days afterwards. Day 0 is the newest.',
    width: 12,
    height: 8,
    columns: [
      { title: 'Cost', unit: USD, value: aggregate('sum', costs, ['days_before_period_end']) },
      {
        title: 'In Cost Explorer',
        value: aggregate('max', estimated, ['days_before_period_end']),
        options: coloured([], ESTIMATED),
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
      'Change since yesterday’s run of the day that was then the last; positive is late cost. Shown only if the window moved by exactly a day, so that the same day is compared. Not final: AWS may restate it again.',
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

function aggregated() {
  const rows = once(series('tollgate_aggregated_rows', ACCOUNT));
  const costs = once(series('tollgate_aggregated_usd', ACCOUNT));
  return table({
    title: 'Rows without a series of their own',
    description:
      'Rows of each list beyond its limit, and their billed cost (UnblendedCost, USD). They are aggregated into `__other__`, so every sum is complete. 0: every row has a series. Users, roles and untagged resources have no cost of their own; the alert TollgateInventoryIncomplete fires for them. The settings `maxSeries`, `maxInventory` and `maxRoleSessions` are the limits.',
    width: 24,
    height: 10,
    columns: [
      { title: 'Rows', unit: COUNT, value: aggregate('sum', rows, ['list']) },
      { title: 'Cost', unit: USD, value: aggregate('sum', costs, ['list']), options: [EMPTY_CELL] },
    ],
    largestFirst: 'Rows',
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
