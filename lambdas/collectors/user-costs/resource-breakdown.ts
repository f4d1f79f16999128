import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { type Cost, costWeight, sumCosts, type Usd, ZERO_USD } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import { type Place, resourceArn, serviceOf } from '../../domain/resource-arn';
import type { ResourceCost } from '../../domain/resource-cost';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { aggregatedCosts, SERIES_A_LIST } from '../../metrics/aggregated-samples';
import { checkSamples } from '../../metrics/check-samples';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';

/** The facts about one Region from which its group is made. */
export interface RegionResourceCosts {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly period: ChargePeriod;
  readonly rows: readonly ResourceCost[];
  /** Owner by ARN, according to today's tags. */
  readonly owners: ReadonlyMap<string, string>;
  /** The separately requested total of all services. */
  readonly total: Usd;
  /** The part of the total that belongs to services with requested resources. */
  readonly servicesTotal: Usd;
  readonly maxSeries: number;
}

/**
 * Returns a Region's cost by resource. The row `__unattributed__` is the remainder: charges without a resource, and
 * services whose resources were not requested. All rows together add up to the Region's total.
 */
export function regionResourceCosts(costs: RegionResourceCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const { total, servicesTotal, period } = costs;
  const lines = byResource(costs);
  const remainder = { ...REMAINDER, usd: total.minus(servicesTotal).plus(withoutResource(costs)) };
  const sum = sumCosts([...lines, remainder]);
  const checks = checkSamples({ labels, breakdown: 'resource', total, sum, period });
  const { shown, rest } = aggregateRest(lines, {
    limit: costs.maxSeries - checks.length - SERIES_A_LIST - 1,
    weight: costWeight,
    aggregate: (aggregated) => ({ ...REST, usd: sumCosts(aggregated) }),
  });
  const samples = [...shown, remainder].map(({ usd, ...line }) =>
    sample('aws_user_resource_billed_cost_usd', { ...labels, ...line }, usd.toNumber()),
  );
  const aggregated = aggregatedCosts({ labels, list: 'resources', rest });
  return group('IAM_User_Resource_List_Cost', labels, [...samples, ...aggregated, ...checks]);
}

function withoutResource({ rows }: RegionResourceCosts): Usd {
  return sumCosts(rows.filter(({ resource }) => NO_RESOURCE.has(resource)));
}

interface ResourceLine extends Cost {
  readonly user_name: string;
  readonly service: string;
  readonly resource: string;
}

const REMAINDER = { user_name: UNATTRIBUTED, service: UNATTRIBUTED, resource: UNATTRIBUTED };
const REST = { user_name: OTHER, service: OTHER, resource: OTHER };

/** The ids that Cost Explorer gives to charges without a resource. */
const NO_RESOURCE: ReadonlySet<string> = new Set(['', 'NoResourceId']);

function byResource({ rows, owners, ...place }: RegionResourceCosts): ResourceLine[] {
  const costs = new Map<string, Usd>();
  for (const { resource, usd } of rows) costs.set(resource, (costs.get(resource) ?? ZERO_USD).plus(usd));
  return [...costs]
    .filter(([resource, usd]) => !NO_RESOURCE.has(resource) && !usd.eq(ZERO_USD))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resource, usd]) => ({ ...ownership(resource, owners, place), resource, usd }));
}

/** Returns the owner and the service. A guessed ARN counts only if the Tagging API lists it. */
function ownership(resource: string, owners: RegionResourceCosts['owners'], place: Place) {
  const known = resourceArn(resource, place);
  const owner = known && owners.get(known.arn);
  const sure = known && (known.certain || owner !== undefined);
  return { user_name: owner || UNATTRIBUTED, service: sure ? serviceOf(known.arn) : 'unknown' };
}
