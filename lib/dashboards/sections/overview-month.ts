import { is, once, series } from '../../../lambdas/promql/selector';
import { aggregate, growth } from '../../../lambdas/promql/vector';
import { type Section, SHARE, USD } from '../panel';
import { ofMonth } from '../periods';
import { ACCOUNT } from '../selection';
import { stat } from '../stat';
import { GROWTH } from './states';
import { BY_MONTH, FORECAST, MONTH_SO_FAR } from './windows';

/** Returns the section with the cost of the month so far, and its forecast. */
export function monthSection(): Section {
  return { title: 'This month', panels: [monthToDate(), forecast(), againstMonthBefore(), lastMonth()] };
}

function monthToDate() {
  return stat({
    title: 'Month to date',
    description: MONTH_SO_FAR,
    width: 6,
    height: 4,
    value: aggregate('sum', once(series('aws_account_month_to_date_billed_cost_usd', ACCOUNT))),
    unit: USD,
  });
}

function forecastMean() {
  const mean = series('aws_account_month_forecast_billed_cost_usd', { bound: is('mean') });
  return aggregate('sum', once(mean));
}

function forecast() {
  return stat({
    title: 'Forecast for the end of the month',
    description: FORECAST,
    width: 6,
    height: 4,
    value: forecastMean(),
    unit: USD,
  });
}

function againstMonthBefore() {
  return stat({
    title: 'Forecast against the month before',
    description: `Relative change from the complete month before: yellow from 10 %, red from 25 %. Covers all accounts. ${FORECAST}`,
    width: 6,
    height: 4,
    value: growth(
      forecastMean(),
      ofMonth(once(series('aws_account_month_billed_cost_usd')), 'beforeForecast'),
    ),
    unit: SHARE,
    steps: GROWTH,
  });
}

function lastMonth() {
  return stat({
    title: 'Last month',
    description: `The full month before the month of “Month to date”. ${BY_MONTH}`,
    width: 6,
    height: 4,
    value: ofMonth(once(series('aws_account_month_billed_cost_usd', ACCOUNT)), 'last'),
    unit: USD,
  });
}
