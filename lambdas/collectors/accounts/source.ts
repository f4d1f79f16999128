import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  type GetCostForecastCommandOutput,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AwsAccess } from '../../aws/access';
import { AnswerError, listIn } from '../../aws/answer-error';
import { type CostQuery, costRows } from '../../aws/cost-explorer';
import { errorKind } from '../../aws/error-kind';
import { organizationOf } from '../../aws/linked-accounts';
import { type AmountText, parseUsd, perDays } from '../../domain/amounts';
import { daysIn, monthOf, remainder } from '../../domain/charge-period';
import { type AccountsSource, type Forecast, PERIOD_OVER } from './port';

/** Reads the accounts from Organizations, and their costs from Cost Explorer with three queries. */
export function accountsSource(aws: AwsAccess): AccountsSource {
  const client = aws.client(CostExplorerClient);
  return {
    organization: (accountId) => organizationOf(aws.client(OrganizationsClient), accountId, aws.signal),

    async costs(period) {
      const rows = await costRows(client, { ...QUERIES.costs, period }, aws.signal);
      return rows.map(({ start, keys: [accountId = '', chargeType = ''], usd, estimated }) => ({
        month: monthOf(start),
        accountId,
        chargeType,
        usd,
        estimated,
      }));
    },

    async totals(period) {
      const rows = await costRows(client, { ...QUERIES.totals, period }, aws.signal);
      return rows.map(({ start, usd, estimated }) => ({ month: monthOf(start), usd, estimated }));
    },

    async forecast(period) {
      const left = remainder(period, aws.now());
      if (!left) return PERIOD_OVER;
      const input = { ...FORECAST, TimePeriod: { Start: left.start, End: left.end } };
      try {
        const answer = await client.send(new GetCostForecastCommand(input), { abortSignal: aws.signal });
        return forecastIn(answer, { days: daysIn(period), of: daysIn(left) });
      } catch (error) {
        if (errorKind(error) === 'no_data') return undefined;
        throw error;
      }
    },
  };
}

const ACCOUNT = { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' } as const satisfies GroupDefinition;
const CHARGE_TYPE = { Type: 'DIMENSION', Key: 'RECORD_TYPE' } as const satisfies GroupDefinition;

const QUERIES = {
  costs: {
    metric: 'aws_account_month_billed_cost_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'MONTHLY',
    groupBy: [ACCOUNT, CHARGE_TYPE],
  },
  totals: {
    metric: 'tollgate_breakdown_gap_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'MONTHLY',
    groupBy: [],
  },
} as const satisfies Record<string, Partial<CostQuery>>;

const FORECAST = { Metric: 'UNBLENDED_COST', Granularity: 'MONTHLY', PredictionIntervalLevel: 80 } as const;

/** Reads a forecast. Cost Explorer gives no currency for the bounds; they have that of the mean. */
function forecastIn(
  { Total, ForecastResultsByTime }: GetCostForecastCommandOutput,
  days: Parameters<typeof perDays>[1],
): Forecast {
  const [interval, ...others] = listIn(OPERATION, { ForecastResultsByTime });
  if (!interval || others.length > 0)
    throw new AnswerError(`${OPERATION}: expected one interval, got ${others.length + (interval ? 1 : 0)}`);
  if (!Total) throw new AnswerError(`${OPERATION}: expected Total, got an answer without it`);
  const { PredictionIntervalLowerBound: lower, PredictionIntervalUpperBound: upper } = interval;
  const usd = (amount: AmountText, bound: string) =>
    perDays(parseUsd(amount, `aws_account_month_forecast_billed_cost_usd ${bound}`), days);
  return {
    mean: usd(Total, 'mean'),
    lower: usd({ Amount: lower, Unit: Total.Unit }, 'lower'),
    upper: usd({ Amount: upper, Unit: Total.Unit }, 'upper'),
  };
}

const OPERATION = 'ce:GetCostForecast';
