import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { sumUsd, type Usd, weightOf, ZERO_USD } from '../../domain/amounts';
import { type ChargePeriod, periodEndSeconds } from '../../domain/charge-period';
import { type Place, resourceArn, serviceOf } from '../../domain/resource-arn';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { type Group, group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';
import type { ResourceCost } from './port';

export interface RegionResourceCosts {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
  readonly period: ChargePeriod;
  readonly rows: readonly ResourceCost[];
  /** Owner by ARN, as tagged today. */
  readonly owners: ReadonlyMap<string, string>;
  /** Asked for separately, over all services. */
  readonly total: Usd;
  /** The same of the services whose resources were asked for. */
  readonly servicesTotal: Usd;
  readonly maxSeries: number;
}

/**
 * The Region's cost by resource. The remainder, `__unattributed__`, is what Cost Explorer names no resource for and what
 * the services outside the filter cost. Resources and remainder add up to the Region's total; the gap says whether.
 */
export function regionResourceCosts(region: RegionResourceCosts): Group {
  const { accountId, period, total, servicesTotal, maxSeries } = region;
  const labels = { account_id: accountId, region: region.region };
  const check = { ...labels, breakdown: 'resource' };
  const lines = byResource(region);
  const remainder = { ...NOTHING, usd: total.minus(servicesTotal).plus(withoutResource(region)) };
  const gap = total.minus(remainder.usd).minus(sumUsd(lines.map(({ usd }) => usd)));
  const fixed = [
    sample('tollgate_breakdown_gap_usd', check, gap.toNumber()),
    sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(period)),
  ];
  const limit = maxSeries - fixed.length - 1;
  const shown = aggregateRest(lines, {
    limit,
    weight: ({ usd }) => weightOf([usd]),
    aggregate: (rest) => ({ ...REST, usd: sumUsd(rest.map(({ usd }) => usd)) }),
  });
  return group('IAM_User_Resource_List_Cost', labels, [
    ...[...shown, remainder].map((line) => toSample(labels, line)),
    ...fixed,
  ]);
}

function withoutResource({ rows }: RegionResourceCosts): Usd {
  return sumUsd(rows.filter(({ resource }) => NO_RESOURCE.has(resource)).map(({ usd }) => usd));
}

interface ResourceLine {
  readonly user_name: string;
  readonly service: string;
  readonly resource: string;
  readonly usd: Usd;
}

const NOTHING = { user_name: UNATTRIBUTED, service: UNATTRIBUTED, resource: UNATTRIBUTED };
const REST = { user_name: OTHER, service: OTHER, resource: OTHER };

/** What Cost Explorer puts where a charge has no resource. */
const NO_RESOURCE: ReadonlySet<string> = new Set(['', 'NoResourceId']);

function byResource({ rows, owners, ...place }: RegionResourceCosts): ResourceLine[] {
  const costs = new Map<string, Usd>();
  for (const { resource, usd } of rows) costs.set(resource, (costs.get(resource) ?? ZERO_USD).plus(usd));
  return [...costs]
    .filter(([resource, usd]) => !NO_RESOURCE.has(resource) && !usd.eq(ZERO_USD))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([resource, usd]) => ({ ...ownership(resource, owners, place), resource, usd }));
}

/** A guessed ARN counts only where the Tagging API has it. */
function ownership(resource: string, owners: RegionResourceCosts['owners'], place: Place) {
  const known = resourceArn(resource, place);
  const owner = known && owners.get(known.arn);
  const sure = known && (known.certain || owner !== undefined);
  return { user_name: owner || UNATTRIBUTED, service: sure ? serviceOf(known.arn) : 'unknown' };
}

function toSample(
  labels: { account_id: string; region: string },
  { usd, ...line }: ResourceLine,
): Sample<'aws_user_resource_billed_cost_usd'> {
  return sample('aws_user_resource_billed_cost_usd', { ...labels, ...line }, usd.toNumber());
}
