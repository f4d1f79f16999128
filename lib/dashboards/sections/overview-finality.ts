import { ofEachInstallation, once, series } from '../../../lambdas/promql/selector';
import { aggregate, apply, date } from '../../../lambdas/promql/vector';
import { DATE, type Section, USD } from '../panel';
import { ACCOUNT, type DashboardSettings } from '../selection';
import { table } from '../table';
import { coloured, ESTIMATED, gapExplained, gapLevels } from './states';

/** Returns the section with coverage and finality of the numbers. */
export function finalitySection(settings: DashboardSettings): Section {
  return { title: 'Freshness and finality', panels: [breakdowns(settings), lastDays()] };
}

function breakdowns(settings: DashboardSettings) {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', ACCOUNT));
  const gaps = apply('abs', ofEachInstallation(series('tollgate_breakdown_gap_usd', ACCOUNT)));
  return table({
    title: 'Coverage of each breakdown',
    description: `Covered until: the earliest end of the costs (UTC, exclusive) of all accounts and Regions. Largest gap: difference between a separately requested total and the sum of its parts. ${gapExplained(settings)}`,
    width: 12,
    height: 7,
    columns: [
      { title: 'Covered until', unit: DATE, value: date(aggregate('min', ends, ['breakdown'])) },
      {
        title: 'Largest gap',
        unit: USD,
        value: aggregate('max', gaps, ['breakdown']),
        options: coloured(gapLevels(settings)),
      },
    ],
  });
}

function lastDays() {
  const costs = once(series('aws_region_day_billed_cost_usd', ACCOUNT));
  const estimated = once(series('aws_region_day_estimated', ACCOUNT));
  return table({
    title: 'Finality of the last days',
    description:
      'Billed cost (UnblendedCost, USD) of each of the last four full UTC days as known now; 0 is the last. AWS adds to a day for some days. A day is an estimate while Cost Explorer calls it one in any Region. Credits and refunds may change it until the invoice of its month.',
    width: 12,
    height: 7,
    columns: [
      { title: 'Cost', unit: USD, value: aggregate('sum', costs, ['days_before_period_end']) },
      {
        title: 'In Cost Explorer',
        value: aggregate('max', estimated, ['days_before_period_end']),
        options: coloured([], ESTIMATED),
      },
    ],
    largestFirst: 'Days before the end',
  });
}
