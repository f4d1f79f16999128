import { type ChargePeriod, monthOf } from '../../domain/charge-period';
import { sumUsd } from '../../domain/usd';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';
import type { AccountMonthCost, Forecast } from './port';

export interface MonthForecast {
  readonly accountId: string;
  readonly period: ChargePeriod;
  readonly rows: readonly AccountMonthCost[];
  /** From the end of the period to the end of its month. */
  readonly rest: Forecast;
}

/** What the month that the period's end is in will have cost: what it has cost so far, and the forecast of the rest. */
export function forecastGroup({ accountId, period, rows, rest }: MonthForecast): Group {
  const labels = { account_id: accountId };
  const sofar = sumUsd(rows.filter(({ month }) => month === monthOf(period.end)).map(({ usd }) => usd));
  const samples = (['mean', 'lower', 'upper'] as const).map((bound) =>
    sample(
      'aws_account_month_forecast_billed_cost_usd',
      { ...labels, bound },
      sofar.plus(rest[bound]).toNumber(),
    ),
  );
  return group('Total_Account_Cost_Forecast', labels, samples);
}
