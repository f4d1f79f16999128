import { type Labels, OTHER } from '../../catalog/metrics';
import { resourceArn } from '../../domain/resource-arn';
import type { AnySample, ForeignSample, Sample } from '../sample';
import { type Rows, samplesOf, type Xc3Run } from './counterpart';
import { periodEndText, pythonFloat, regionLabel, shortArn } from './labels';
import { row } from './metrics';

/** All roles with the Region of their last use. */
export const roleRows: Rows = (samples) => {
  const lastRegionOf = lastRegions(samples);
  return rolesIn(samples).map(({ labels: { role_name, account_id } }) => {
    const labels = {
      iam_role_all: role_name,
      iam_role_all_region: lastRegionOf(role_name),
      iam_role_all_account: account_id,
    };
    return row('IAM_Role_All', labels, 0);
  });
};

/** One row for each resource that runs under a role; a role without any has one row with the service `None`. */
export const roleServiceRows: Rows = (samples, run) => {
  const toRow = rowMaker(samples, run);
  const resources = samplesOf('aws_role_resource_info', samples).map(({ labels }) => labels);
  const shown = resources.filter(({ resource }) => resource !== OTHER);
  return [...shown, ...idleRoles(samples, resources)].flatMap(toRow);
};

type RoleResource = Labels<'aws_role_resource_info'>;

/** Returns no role when rows were aggregated: any role may have resources among them. */
function idleRoles(samples: readonly AnySample[], resources: readonly RoleResource[]): RoleResource[] {
  if (resources.some(({ resource }) => resource === OTHER)) return [];
  const busy = new Set(resources.map(({ role_name }) => role_name));
  return rolesIn(samples)
    .filter(({ labels }) => !busy.has(labels.role_name))
    .map(({ labels: { account_id, role_name } }) => ({ account_id, role_name, ...NOTHING }));
}

const NOTHING = { region: '', service: 'None', resource: '', state: '' };

function rowMaker(samples: readonly AnySample[], run: Xc3Run): (resource: RoleResource) => ForeignSample[] {
  const TimeSlot = periodEndText(samples, run);
  const lastRegionOf = lastRegions(samples);
  const costOf = costsIn(samples);
  return (resource) => {
    const { account_id, role_name, region, state } = resource;
    const action = ACTIONS[state];
    if (action === undefined) return [];
    const cost = costOf(resource);
    const labels = {
      TimeSlot,
      iam_role_of_service: role_name,
      iam_role_service_region: resource.resource ? regionLabel(region) : lastRegionOf(role_name),
      iam_role_service_account: account_id,
      iam_role_service_resource_id: shortId(resource),
      iam_role_service_cost: cost.text,
      iam_role_service_state: action,
    };
    return [row('IAM_Role_Service', labels, cost.value)];
  };
}

/** The next action that XC3 offers for each state that it shows. */
const ACTIONS: Readonly<Record<string, string>> = { running: 'Stop', stopped: 'Start', '': 'Start' };

function shortId({ account_id, region, service, resource }: RoleResource): string {
  const known = resourceArn(resource, { partition: 'aws', region, accountId: account_id });
  return known ? shortArn(known.arn) : resource || service;
}

/** Returns the cost of a resource, `N/A` when costs were not requested. */
function costsIn(samples: readonly AnySample[]) {
  const idOf = ({ region, role_name, resource }: Omit<RoleResource, 'state'>) =>
    JSON.stringify([region, role_name, resource]);
  const costs = new Map(
    samplesOf('aws_role_resource_billed_cost_usd', samples).map(({ labels, value }) => [idOf(labels), value]),
  );
  return (resource: RoleResource): { text: string; value: number } => {
    if (!resource.resource) return { text: '0', value: 0 };
    const value = costs.get(idOf(resource));
    return value === undefined ? { text: 'N/A', value: 0 } : { text: pythonFloat(value), value };
  };
}

/** Returns all roles, without the overflow row. */
function rolesIn(samples: readonly AnySample[]): Sample<'aws_iam_role_info'>[] {
  return samplesOf('aws_iam_role_info', samples).filter(({ labels }) => labels.role_arn !== OTHER);
}

/** Returns the Region of a role's last use; for a role that was never used, `None (unknown region name)`. */
function lastRegions(samples: readonly AnySample[]): (role: string) => string {
  const uses = samplesOf('aws_iam_role_last_used_timestamp_seconds', samples);
  const regions = new Map(uses.map(({ labels }) => [labels.role_name, labels.region]));
  return (role) => regionLabel(regions.get(role) ?? 'None');
}
