import { type Labels, OTHER } from '../../catalog/metrics';
import { resourceArn } from '../../domain/resource-arn';
import type { AnySample, ForeignSample } from '../sample';
import { type Rows, samplesOf, type Xc3Run } from './counterpart';
import { row } from './metrics';
import { pythonFloat } from './python-float';
import { regionLabel } from './region-label';
import { lastRegions, rolesIn } from './roles';
import { shortArn } from './short-arn';
import { periodEndText } from './times';

/** What runs under each role, a row each; a role without anything has one row of `None`. */
export const roleServiceRows: Rows = (samples, run) => {
  const toRow = rowMaker(samples, run);
  const resources = samplesOf('aws_role_resource_info', samples).map(({ labels }) => labels);
  const shown = resources.filter(({ resource }) => resource !== OTHER);
  return [...shown, ...idleRoles(samples, resources)].flatMap(toRow);
};

type RoleResource = Labels<'aws_role_resource_info'>;

/** Where rows were left out, nobody can tell which roles have nothing. */
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

/** What may be done next in each state that XC3 shows; what has no state is offered a start. */
const ACTIONS: Readonly<Record<string, string>> = { running: 'Stop', stopped: 'Start', '': 'Start' };

function shortId({ account_id, region, service, resource }: RoleResource): string {
  const known = resourceArn(resource, { partition: 'aws', region, accountId: account_id });
  return known ? shortArn(known.arn) : resource || service;
}

/** Where costs were not asked for, the label says so. */
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
