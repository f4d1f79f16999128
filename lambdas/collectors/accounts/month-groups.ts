import { sumCosts } from '../../domain/amounts';
import { type ChargePeriod, monthOf, monthToDate } from '../../domain/charge-period';
import { checkSamples } from '../../metrics/check-samples';
import { type Group, group } from '../../metrics/group';
import { sumBy } from '../../metrics/group-by';
import { sample } from '../../metrics/sample';
import type { AccountMonthCost, Forecast, MonthCost } from './port';

interface AccountMonths {
  /** The account of the run. Its group has the check of all accounts. */
  readonly accountId: string;
  readonly period: ChargePeriod;
  readonly rows: readonly AccountMonthCost[];
  /** The separately requested total of each month, for all accounts together. */
  readonly totals: readonly MonthCost[];
}

/** Returns one group for each account on the invoice, closed or not, with its cost by month and by charge type. */
export function monthGroups({ accountId, period, rows, totals }: AccountMonths): Group[] {
  const ids = new Set([accountId, ...rows.map((row) => row.accountId)]);
  const checks = checkSamples({
    labels: { account_id: accountId, region: '' },
    breakdown: 'account',
    total: sumCosts(totals),
    sum: sumCosts(rows),
    period,
  });
  return [...ids].sort().map((id) => {
    const ofAccount = rows.filter((row) => row.accountId === id);
    const samples = monthSamples(id, ofAccount, period);
    return group('Total_Account_Cost', { account_id: id }, [...samples, ...(id === accountId ? checks : [])]);
  });
}

interface MonthForecast {
  readonly accountId: string;
  readonly period: ChargePeriod;
  readonly rows: readonly AccountMonthCost[];
  /** The forecast from the end of the period to the end of its month. */
  readonly rest: Forecast;
}

/** Returns the forecast for the month of the period's end: its cost so far plus the forecast of the rest. */
export function forecastGroup({ accountId, period, rows, rest }: MonthForecast): Group {
  const labels = { account_id: accountId };
  const soFar = sumCosts(rows.filter(({ month }) => month === monthOf(period.end)));
  const samples = (['mean', 'lower', 'upper'] as const).map((bound) =>
    sample(
      'aws_account_month_forecast_billed_cost_usd',
      { ...labels, bound },
      soFar.plus(rest[bound]).toNumber(),
    ),
  );
  return group('Total_Account_Cost_Forecast', labels, samples);
}

function monthSamples(account_id: string, rows: readonly AccountMonthCost[], period: ChargePeriod) {
  const current = monthOf(monthToDate(period).start);
  const byType = sumBy(rows, ({ month, chargeType }) => ({ month, charge_type: chargeType }));
  return [
    ...sumBy(rows, ({ month }) => ({ month })).flatMap(({ key, rows: ofMonth, usd }) => [
      sample('aws_account_month_billed_cost_usd', { account_id, ...key }, usd.toNumber()),
      sample('aws_account_month_estimated', { account_id, ...key }, ofMonth.some(isEstimated) ? 1 : 0),
    ]),
    ...byType.map(({ key, usd }) =>
      sample('aws_account_month_charge_billed_cost_usd', { account_id, ...key }, usd.toNumber()),
    ),
    sample(
      'aws_account_month_to_date_billed_cost_usd',
      { account_id },
      sumCosts(rows.filter(({ month }) => month === current)).toNumber(),
    ),
  ];
}

function isEstimated({ estimated }: MonthCost): boolean {
  return estimated;
}
