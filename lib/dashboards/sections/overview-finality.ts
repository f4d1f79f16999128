import { ofEachInstallation, once, series } from '../../../lambdas/promql/selector';
import { aggregate, apply, date } from '../../../lambdas/promql/vector';
import { DATE, type Section, USD } from '../panel';
import { ACCOUNT } from '../selection';
import { table } from '../table';
import { coloured, ESTIMATED, GAP } from './states';

/** How far the numbers reach, and how final they are. */
export function finalitySection(): Section {
  return { title: 'How fresh and how final', panels: [breakdowns(), lastDays()] };
}

function breakdowns() {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', ACCOUNT));
  const gaps = apply('abs', ofEachInstallation(series('tollgate_breakdown_gap_usd', ACCOUNT)));
  return table({
    title: 'How far each breakdown reaches',
    description:
      'Covered until is the end of the costs (UTC, exclusive): of several accounts and Regions, the one that lags most. Largest gap is between a total that was asked for separately and the sum of its parts: half a cent or more says that a number is missing, counted twice, or was restated between two questions.',
    width: 12,
    height: 7,
    columns: [
      { title: 'Covered until', unit: DATE, value: date(aggregate('min', ends, ['breakdown'])) },
      {
        title: 'Largest gap',
        unit: USD,
        value: aggregate('max', gaps, ['breakdown']),
        options: coloured(GAP),
      },
    ],
  });
}

function lastDays() {
  const costs = once(series('aws_region_day_billed_cost_usd', ACCOUNT));
  const estimated = once(series('aws_region_day_estimated', ACCOUNT));
  return table({
    title: 'How final the last days are',
    description:
      'Billed cost (UnblendedCost, USD) of each of the last four whole days, as it is known now; 0 is the last. AWS adds to a day for some days after it. A day is an estimate while Cost Explorer calls it one in any Region; credits and refunds may change it even after that, until the invoice of its month.',
    width: 12,
    height: 7,
    columns: [
      { title: 'Cost', unit: USD, value: aggregate('sum', costs, ['days_before_period_end']) },
      {
        title: 'Cost Explorer says',
        value: aggregate('max', estimated, ['days_before_period_end']),
        options: coloured([], ESTIMATED),
      },
    ],
    largestFirst: 'Days before the end',
  });
}
