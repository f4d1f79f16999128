import {
  type CostExplorerClient,
  GetCostAndUsageWithResourcesCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { MetricName } from '../catalog/metrics';
import type { ChargePeriod } from '../domain/charge-period';
import type { ResourceCost } from '../domain/resource-cost';
import { costRows, dimension, ofAccount } from './cost-explorer';
import { errorKind } from './error-kind';

interface ResourceCostsQuery {
  /** The metric that needs the answer; errors name it. */
  readonly metric: MetricName;
  readonly accountId: string;
  readonly period: ChargePeriod;
  /** Names of services in Cost Explorer. */
  readonly services: readonly string[];
  /** @default all Regions of Cost Explorer */
  readonly regions?: readonly string[];
}

/** Returns the billed cost by resource and Region, in one query; undefined if the account has no resource-level data. */
export async function resourceCosts(
  client: CostExplorerClient,
  { metric, accountId, period, services, regions }: ResourceCostsQuery,
  abortSignal: AbortSignal,
): Promise<ResourceCost[] | undefined> {
  const filter = ofAccount(accountId, regions, dimension('SERVICE', services));
  try {
    const rows = await costRows(client, { ...BY_RESOURCE, metric, period, filter }, abortSignal);
    return rows.map(({ keys: [resource = '', region = ''], usd }) => ({ resource, region, usd }));
  } catch (error) {
    if (errorKind(error) === 'no_data') return undefined;
    throw error;
  }
}

const RESOURCE = { Type: 'DIMENSION', Key: 'RESOURCE_ID' } as const satisfies GroupDefinition;
const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const satisfies GroupDefinition;

/** Only sums over the window are needed, and MONTHLY returns the fewest rows. */
const BY_RESOURCE = {
  Command: GetCostAndUsageWithResourcesCommand,
  granularity: 'MONTHLY',
  groupBy: [RESOURCE, REGION],
} as const;
