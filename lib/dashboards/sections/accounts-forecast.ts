import { is, once, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { type Section, USD } from '../panel';
import { table } from '../table';
import { trend } from '../trend';
import { FORECAST } from './windows';

/** Where the month will end. */
export function forecastSection(): Section {
  return { title: 'The end of the month', panels: [byPayer(), overTime()] };
}

function ofBound(bound: 'lower' | 'mean' | 'upper') {
  const costs = series('aws_account_month_forecast_billed_cost_usd', { bound: is(bound) });
  return aggregate('max', once(costs), ['account_id']);
}

function byPayer() {
  return table({
    title: 'Forecast by paying account',
    description: `Four times in five, a month ends between “At least” and “At most” (80 % prediction interval). ${FORECAST}`,
    width: 12,
    height: 8,
    columns: [
      { title: 'Forecast', unit: USD, value: ofBound('mean') },
      { title: 'At least', unit: USD, value: ofBound('lower') },
      { title: 'At most', unit: USD, value: ofBound('upper') },
    ],
  });
}

function overTime() {
  const costs = once(series('aws_account_month_forecast_billed_cost_usd'));
  return trend({
    title: 'How the forecast moved',
    description: `Each point is the end of its own month as it was forecast then: the lines meet when the month is over. Of several paying accounts, the sum. ${FORECAST}`,
    width: 12,
    height: 8,
    value: aggregate('sum', costs, ['bound']),
    by: 'bound',
    unit: USD,
  });
}
