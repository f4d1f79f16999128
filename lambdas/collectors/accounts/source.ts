import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AwsAccess } from '../../aws/access';
import { type CostQuery, costRows } from '../../aws/cost-explorer';
import { errorKind } from '../../aws/error-kind';
import { organizationOf } from '../../aws/linked-accounts';
import { parseUsd } from '../../domain/amounts';
import { monthOf } from '../../domain/charge-period';
import type { AccountsSource } from './port';

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

    async forecast({ start: Start, end: End }) {
      const input = { ...FORECAST, TimePeriod: { Start, End } };
      try {
        const answer = await client.send(new GetCostForecastCommand(input), { abortSignal: aws.signal });
        const [interval = {}] = answer.ForecastResultsByTime ?? [];
        return {
          mean: forecastUsd(answer.Total?.Amount, 'mean'),
          lower: forecastUsd(interval.PredictionIntervalLowerBound, 'lower'),
          upper: forecastUsd(interval.PredictionIntervalUpperBound, 'upper'),
        };
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

/** Reads an amount of a forecast. Cost Explorer gives no currency for the bounds; they have that of the mean. */
function forecastUsd(Amount: string | undefined, bound: string) {
  return parseUsd({ Amount, Unit: 'USD' }, `aws_account_month_forecast_billed_cost_usd ${bound}`);
}
