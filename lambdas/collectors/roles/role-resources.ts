import { OTHER } from '../../catalog/metrics';
import { sumUsd, type Usd, type Weight, weightOf } from '../../domain/amounts';
import { bounded } from '../../metrics/bounded';
import { type Group, group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';

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

/** Returns a Region's resources by role. The rows beyond `maxSeries` are one row with their number and their cost. */
export function regionRoleResources({ accountId, region, rows, maxSeries }: RegionRoleResources): Group {
  const labels = { account_id: accountId, region };
  const seriesARow = rows.some(({ usd }) => usd) ? 2 : 1;
  const { shown, rest } = bounded(costliestFirst(rows), { limit: Math.floor(maxSeries / seriesARow) });
  const lines = sorted(shown).map((row): Line => ({ ...row, count: 1 }));
  if (rest.length > 0) lines.push(restOf(rest));
  return group(
    'IAM-roles-service-data',
    labels,
    lines.flatMap((line) => samplesOf(labels, line)),
  );
}

interface Line extends RoleResource {
  readonly count: number;
}

function restOf(rows: readonly RoleResource[]): Line {
  const amounts = rows.flatMap(({ usd }) => usd ?? []);
  const line = { role: OTHER, service: OTHER, resource: OTHER, state: '', count: rows.length };
  return amounts.length > 0 ? { ...line, usd: sumUsd(amounts) } : line;
}

/** Returns the rows by cost, and by name if no costs are known. */
function costliestFirst(rows: readonly RoleResource[]): RoleResource[] {
  return sorted(rows).sort((a, b) => weight(b).cmp(weight(a)));
}

function weight({ usd }: RoleResource): Weight {
  return weightOf(usd ? [usd] : []);
}

function sorted(rows: readonly RoleResource[]): RoleResource[] {
  const name = ({ role, service, resource }: RoleResource) => [role, service, resource].join('\0');
  return [...rows].sort((a, b) => (name(a) < name(b) ? -1 : 1));
}

function samplesOf(
  place: { readonly account_id: string; readonly region: string },
  { role, service, resource, state, count, usd }: Line,
): Sample<'aws_role_resource_info' | 'aws_role_resource_billed_cost_usd'>[] {
  const labels = { ...place, role_name: role, service, resource };
  const info = sample('aws_role_resource_info', { ...labels, state }, count);
  return usd ? [info, sample('aws_role_resource_billed_cost_usd', labels, usd.toNumber())] : [info];
}
