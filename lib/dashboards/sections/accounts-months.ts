import { atEnd, once, series } from '../../../lambdas/promql/selector';
import { aggregate, topk, where } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, USD } from '../panel';
import { ACCOUNT } from '../selection';
import { table } from '../table';
import { trend } from '../trend';
import { coloured, ESTIMATED } from './states';
import { BY_MONTH, MONTH_SO_FAR } from './windows';

/** Returns the section with the costs of the calendar months. */
export function monthsSection(): Section {
  return { title: 'Month by month', panels: [byAccount(), byChargeType(), finality(), runningUp()] };
}

/** The running month and the twelve before it. */
const MONTHS = 13;

const costs = () => once(series('aws_account_month_billed_cost_usd', ACCOUNT));

function byAccount() {
  return matrixBars({
    title: 'Cost by month, stacked by account',
    description: `The running month so far and the twelve before it. ${BY_MONTH}`,
    width: 12,
    height: 9,
    value: aggregate('sum', costs(), ['month', 'account_id']),
    row: 'month',
    column: 'account_id',
    unit: USD,
    limit: MONTHS,
    inTime: true,
  });
}

function byChargeType() {
  const charges = once(series('aws_account_month_charge_billed_cost_usd', ACCOUNT));
  return matrixBars({
    title: 'Cost by month, stacked by charge type',
    description: `Cost Explorer’s charge types; credits and refunds are below zero. ${BY_MONTH}`,
    width: 12,
    height: 9,
    value: aggregate('sum', charges, ['month', 'charge_type']),
    row: 'month',
    column: 'charge_type',
    unit: USD,
    limit: MONTHS,
    inTime: true,
  });
}

function finality() {
  const estimated = once(series('aws_account_month_estimated', ACCOUNT));
  return table({
    title: 'Finality of the months',
    description: `A month is an estimate while Cost Explorer calls it one in any account. The running month shows its cost so far. ${BY_MONTH}`,
    width: 12,
    height: 10,
    columns: [
      { title: 'Cost', unit: USD, value: aggregate('sum', costs(), ['month']) },
      {
        title: 'In Cost Explorer',
        value: aggregate('max', estimated, ['month']),
        options: coloured([], ESTIMATED),
      },
    ],
    largestFirst: 'Month',
  });
}

function runningUp() {
  const toDate = series('aws_account_month_to_date_billed_cost_usd', ACCOUNT);
  const largest = topk(10, aggregate('sum', once(atEnd(toDate)), ['account_id']));
  return trend({
    title: 'Month to date over time',
    description: `Month to date of the 10 most expensive accounts, as it was known at each time. It falls to the first day’s cost when a month begins. ${MONTH_SO_FAR}`,
    width: 12,
    height: 10,
    value: where(aggregate('sum', once(toDate), ['account_id']), ['account_id'], largest),
    by: 'account_id',
    unit: USD,
  });
}
