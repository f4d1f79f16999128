import { OTHER } from '../../catalog/metrics';
import { type Cost, sumCosts, type Usd, weightOf } from '../../domain/amounts';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { aggregatedCosts, aggregatedCount, SERIES_A_LIST } from '../../metrics/aggregated-samples';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';

/** A resource that runs under a role. */
export interface RoleResource {
  readonly role: string;
  readonly service: string;
  /** Empty if only the service is known; the state is then also empty. */
  readonly resource: string;
  readonly state: string;
  /** Absent if costs were not requested or the resource is not known. */
  readonly usd?: Usd;
}

interface RegionRoleResources {
  readonly accountId: string;
  readonly region: string;
  readonly rows: readonly RoleResource[];
  readonly maxSeries: number;
}

/** Returns a Region's resources by role: the costliest, or the first by name if no costs are known. One row counts the others. */
export function regionRoleResources({ accountId, region, rows, maxSeries }: RegionRoleResources): Group {
  const labels = { account_id: accountId, region };
  const { shown, rest } = atMost(rows, maxSeries);
  return group('IAM-roles-service-data', labels, [
    ...shown.map(({ role, service, resource, state }) =>
      sample(
        'aws_role_resource_info',
        { ...labels, role_name: role, service, resource, state },
        resource === OTHER ? rest.length : 1,
      ),
    ),
    aggregatedCount({ labels, list: 'role_resources', rest }),
  ]);
}

/** Returns the cost of a Region's resources by role. The cheapest are one row. Without costs there is no group. */
export function regionRoleCosts({ accountId, region, rows, maxSeries }: RegionRoleResources): Group[] {
  const labels = { account_id: accountId, region };
  const { shown, rest } = atMost(rows.filter(hasCost), maxSeries);
  if (shown.length === 0) return [];
  return [
    group('IAM-roles-service-cost', labels, [
      ...shown
        .filter(hasCost)
        .map(({ role, service, resource, usd }) =>
          sample(
            'aws_role_resource_billed_cost_usd',
            { ...labels, role_name: role, service, resource },
            usd.toNumber(),
          ),
        ),
      ...aggregatedCosts({ labels, list: 'role_costs', rest: rest.filter(hasCost) }),
    ]),
  ];
}

/** Returns the rows to show, by name, with one row for the others. Both groups of a Region show the same rows. */
function atMost(rows: readonly RoleResource[], maxSeries: number) {
  return aggregateRest(sorted(rows), {
    limit: maxSeries - SERIES_A_LIST,
    weight: ({ usd }) => weightOf(usd ? [usd] : []),
    aggregate: (rest) => ({ ...REST, usd: sumCosts(rest.filter(hasCost)) }),
  });
}

const REST = { role: OTHER, service: OTHER, resource: OTHER, state: '' };

function hasCost(row: RoleResource): row is RoleResource & Cost {
  return row.usd !== undefined;
}

function sorted(rows: readonly RoleResource[]): RoleResource[] {
  const name = ({ role, service, resource }: RoleResource) => [role, service, resource].join('\0');
  return [...rows].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}
