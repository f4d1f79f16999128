import {
  type CostExplorerClient,
  GetCostAndUsageWithResourcesCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { MetricName } from '../catalog/metrics';
import type { ChargePeriod, Granularity } from '../domain/charge-period';
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

/**
 * Returns the billed cost by resource and Region, in one query; undefined if the account has no resource-level data. The same
 * resource may have several rows.
 */
export async function resourceCosts(
  client: CostExplorerClient,
  query: ResourceCostsQuery,
  abortSignal: AbortSignal,
): Promise<ResourceCost[] | undefined> {
  try {
    return await fewestRows((granularity) => rowsBy(granularity, client, { ...query, abortSignal }));
  } catch (error) {
    if (errorKind(error) === 'no_data') return undefined;
    throw isRefusal(error) ? refusalOf(error, query) : error;
  }
}

/** Asks by month. AWS's documents disagree whether that is allowed; a refusal is free, and the query is then sent by day. */
async function fewestRows<R>(ask: (granularity: Granularity) => Promise<R>): Promise<R> {
  try {
    return await ask('MONTHLY');
  } catch (error) {
    if (isRefusal(error)) return ask('DAILY');
    throw error;
  }
}

function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ValidationException';
}

/** Returns an error that names the setting, if AWS may have refused one of its services. */
function refusalOf(error: Error, { metric, services }: ResourceCostsQuery): Error {
  if (services.every((service) => service === COMPUTE)) return error;
  return new Error(
    `${metric}: resourceServices: expected services whose resources Cost Explorer shows, such as "${COMPUTE}", which it always allows, got "${services.join('", "')}": ${error.message}`,
  );
}

const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';

async function rowsBy(
  granularity: Granularity,
  client: CostExplorerClient,
  { accountId, services, regions, abortSignal, ...query }: ResourceCostsQuery & { abortSignal: AbortSignal },
): Promise<ResourceCost[]> {
  const filter = ofAccount(accountId, regions, dimension('SERVICE', services));
  const rows = await costRows(client, { ...BY_RESOURCE, ...query, granularity, filter }, abortSignal);
  return rows.map(({ keys: [resource = '', region = ''], usd }) => ({ resource, region, usd }));
}

const RESOURCE = { Type: 'DIMENSION', Key: 'RESOURCE_ID' } as const satisfies GroupDefinition;
const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const satisfies GroupDefinition;

const BY_RESOURCE = {
  Command: GetCostAndUsageWithResourcesCommand,
  groupBy: [RESOURCE, REGION],
} as const;
