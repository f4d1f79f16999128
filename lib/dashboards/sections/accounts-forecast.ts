import { is, once, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { type Section, USD } from '../panel';
import { table } from '../table';
import { trend } from '../trend';
import { FORECAST } from './windows';

/** Exported because the panel is empty until the installation has seen its first midnight, UTC. */
export const FORECASTS_TITLE = 'Forecast over time';

/** Returns the section with the forecast of the month. */
export function forecastSection(): Section {
  return { title: 'Forecast', panels: [byPayer(), overTime()] };
}

function ofBound(bound: 'lower' | 'mean' | 'upper') {
  const costs = series('aws_account_month_forecast_billed_cost_usd', { bound: is(bound) });
  return aggregate('max', once(costs), ['account_id']);
}

function byPayer() {
  return table({
    title: 'Forecast by paying account',
    description: `Four of five months end between “At least” and “At most” (80 % prediction interval). ${FORECAST}`,
    width: 12,
    height: 8,
    columns: [
      { title: 'Mean', unit: USD, value: ofBound('mean') },
      { title: 'At least', unit: USD, value: ofBound('lower') },
      { title: 'At most', unit: USD, value: ofBound('upper') },
    ],
  });
}

function overTime() {
  const costs = once(series('aws_account_month_forecast_billed_cost_usd'));
  return trend({
    title: FORECASTS_TITLE,
    description: `Each point is the forecast that was made at that time for its own month, so the lines meet when the month is over. Several paying accounts are added up. ${FORECAST}`,
    width: 12,
    height: 8,
    value: aggregate('sum', costs, ['bound']),
    by: 'bound',
    unit: USD,
  });
}
