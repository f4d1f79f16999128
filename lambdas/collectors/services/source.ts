import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { AwsAccess } from '../../aws/access';
import { BILLED_AND_EFFECTIVE, type CostQuery, ofAccount, rowsOf } from '../../aws/cost-explorer';
import type { Settings } from '../../catalog/settings';
import type { ServicesSource } from './port';

/** Sends two Cost Explorer queries per run. */
export function servicesSource(aws: AwsAccess, { regions }: Pick<Settings, 'regions'>): ServicesSource {
  const client = aws.client(CostExplorerClient);
  const rowsFor = (query: CostQuery) =>
    rowsOf(client, { ...query, amounts: BILLED_AND_EFFECTIVE }, aws.signal);
  return {
    async costs(accountId, period) {
      const rows = await rowsFor({ ...QUERIES.costs, period, filter: ofAccount(accountId, regions) });
      return rows.map(({ start, keys: [service = '', region = ''], usd, effectiveUsd }) => ({
        day: start,
        region,
        service,
        usd,
        effectiveUsd,
      }));
    },

    async totals(accountId, period) {
      const rows = await rowsFor({ ...QUERIES.totals, period, filter: ofAccount(accountId, regions) });
      return rows.map(({ start, keys: [region = ''], usd, effectiveUsd }) => ({
        day: start,
        region,
        usd,
        effectiveUsd,
      }));
    },
  };
}

const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const satisfies GroupDefinition;
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const satisfies GroupDefinition;

const QUERIES = {
  costs: {
    metric: 'aws_service_billed_cost_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'DAILY',
    groupBy: [SERVICE, REGION],
  },
  totals: {
    metric: 'tollgate_breakdown_gap_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'DAILY',
    groupBy: [REGION],
  },
} as const satisfies Record<string, Partial<CostQuery>>;
