import { COLLECTORS, type CollectorName } from '../../../../lambdas/catalog/collectors';
import type { Breakdown } from '../../../../lambdas/catalog/label-values';
import { OTHER, UNATTRIBUTED } from '../../../../lambdas/catalog/metrics';
import { type Group, group } from '../../../../lambdas/metrics/group';
import type { ProfileRun } from '../../../../lambdas/metrics/profile';
import { sample } from '../../../../lambdas/metrics/sample';
import { xc3Profile } from '../../../../lambdas/metrics/xc3';

export const HOME = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const ACCOUNT_NAMES = { [HOME]: 'prod', [OTHER_ACCOUNT]: 'test lab' };

export const RUN: ProfileRun = {
  accountId: HOME,
  scheduledTime: new Date('2026-03-02T06:00:00Z'),
  isMember: false,
  complete: true,
};

export function xc3Groups(found: readonly Group[], run: Partial<ProfileRun> = {}): readonly Group[] {
  return xc3Profile({ accountNames: ACCOUNT_NAMES }).groups(found, { ...RUN, ...run });
}

const account = { account_id: HOME };
const ireland = { ...account, region: 'eu-west-1' };
const virginia = { ...account, region: 'us-east-1' };
const nowhere = { ...account, region: 'global' };
const END = Date.parse('2026-03-02T00:00:00Z') / 1000;

type Place = typeof ireland;

function periodEnd(place: { account_id: string; region: string }, breakdown: Breakdown) {
  return sample('tollgate_breakdown_period_end_timestamp_seconds', { ...place, breakdown }, END);
}

export function userCosts(place: Place, costs: Readonly<Record<string, number>>): Group {
  return group('IAM_User_Total_Services_Cost_List', place, [
    ...Object.entries(costs).map(([user_name, usd]) =>
      sample('aws_user_billed_cost_usd', { ...place, user_name }, usd),
    ),
    periodEnd(place, 'user'),
  ]);
}

interface ResourceCost {
  readonly user?: string;
  readonly service: string;
  readonly resource: string;
  readonly usd: number;
}

export function resourceCosts(place: Place, costs: readonly ResourceCost[]): Group {
  return group('IAM_User_Resource_List_Cost', place, [
    ...costs.map(({ user = 'alice', service, resource, usd }) =>
      sample('aws_user_resource_billed_cost_usd', { ...place, user_name: user, service, resource }, usd),
    ),
    periodEnd(place, 'resource'),
  ]);
}

export function services(place: Place, costs: Readonly<Record<string, number>>): Group {
  return group(
    'Services_Cost',
    place,
    Object.entries(costs).map(([service, usd]) =>
      sample('aws_service_billed_cost_usd', { ...place, service }, usd),
    ),
  );
}

/** Returns a Region's group of resources by role, and the group of their costs if any is known. */
export function roleResources(
  place: Place,
  rows: readonly { role: string; service?: string; resource?: string; state?: string; usd?: number }[],
): Group[] {
  const labelsOf = ({ role, service = 'ec2', resource = '' }: (typeof rows)[number]) => {
    return { ...place, role_name: role, service, resource };
  };
  const infos = rows.map((row) =>
    sample('aws_role_resource_info', { ...labelsOf(row), state: row.state ?? '' }, 1),
  );
  const costs = rows.flatMap((row) =>
    row.usd === undefined ? [] : [sample('aws_role_resource_billed_cost_usd', labelsOf(row), row.usd)],
  );
  const resources = group('IAM-roles-service-data', place, infos);
  return costs.length > 0 ? [resources, group('IAM-roles-service-cost', place, costs)] : [resources];
}

/** Returns the group of all roles, from the Region of each role's last use. */
export function allRoles(roles: Readonly<Record<string, string | undefined>>): Group {
  return group(
    'IAM-roles-all',
    account,
    Object.entries(roles).flatMap(([role_name, region]) => {
      const role_arn = role_name === OTHER ? OTHER : `arn:aws:iam::${HOME}:role/${role_name}`;
      const info = sample('aws_iam_role_info', { ...account, role_name, role_arn, role_id: 'AROA' }, 1);
      const labels = { ...account, role_name, region: region ?? '' };
      return region ? [info, sample('aws_iam_role_last_used_timestamp_seconds', labels, END)] : [info];
    }),
  );
}

/** Returns an account's group of months, from amounts by month and charge type such as `2026-01 Usage`. */
export function months(account_id: string, charges: Readonly<Record<string, number>>, end = END): Group {
  return group('Total_Account_Cost', { account_id }, [
    ...Object.entries(charges).map(([key, usd]) => {
      const [month = '', charge_type = ''] = key.split(' ');
      return sample('aws_account_month_charge_billed_cost_usd', { account_id, month, charge_type }, usd);
    }),
    sample('aws_account_month_billed_cost_usd', { account_id, month: '2026-01' }, 1),
    sample(
      'tollgate_breakdown_period_end_timestamp_seconds',
      { account_id, region: '', breakdown: 'account' },
      end,
    ),
  ]);
}

/** Returns the group of projects, from the cost of each project's services. */
export function projects(costs: Readonly<Record<string, Readonly<Record<string, number>>>>): Group {
  return group(
    'Project-Spend-Cost',
    account,
    Object.entries(costs).flatMap(([project, byService]) => [
      sample(
        'aws_project_billed_cost_usd',
        { ...account, project },
        Object.values(byService).reduce((a, b) => a + b, 0),
      ),
      ...Object.entries(byService).map(([service, usd]) =>
        sample('aws_project_service_billed_cost_usd', { ...account, project, service }, usd),
      ),
    ]),
  );
}

interface Usage {
  readonly project: string;
  readonly service: string;
  readonly usage_type: string;
  readonly unit: string;
  readonly usd: number;
  readonly quantity?: number;
}

export function usage(rows: readonly Usage[]): Group {
  return group(
    'Project-Usage',
    account,
    rows.flatMap(({ usd, quantity, ...row }) => {
      const labels = { ...account, ...row };
      const cost = sample('aws_project_usage_billed_cost_usd', labels, usd);
      return quantity === undefined ? [cost] : [cost, sample('aws_project_usage_quantity', labels, quantity)];
    }),
  );
}

/** Returns the group of missing tags, from the tags that each resource lacks. */
export function missingTags(place: Place, resources: Readonly<Record<string, readonly string[]>>): Group {
  return group('TaggingResourceList', place, [
    sample('aws_resources', { ...place, compliant: 'true' }, 3),
    ...Object.entries(resources).flatMap(([resource, tags]) =>
      tags.map((tag) => sample('aws_resource_missing_tag', { ...place, resource, tag }, 1)),
    ),
  ]);
}

const NOTHING = Object.fromEntries(
  Object.keys(COLLECTORS).map((collector) => [collector, []]),
) as unknown as Record<CollectorName, readonly Group[]>;

/** Findings of every collector, with odd values. Metrics without a counterpart in XC3 are not in it. */
export const FOUND: Readonly<Record<CollectorName, readonly Group[]>> = {
  ...NOTHING,
  'iam-users': [
    group('IAM_User_Details', account, [
      sample(
        'aws_iam_user_info',
        {
          ...account,
          user_name: 'alice',
          user_arn: `arn:aws:iam::${HOME}:user/team/alice`,
          user_id: 'AIDA1',
        },
        1,
      ),
      sample('aws_iam_user_create_timestamp_seconds', { ...account, user_name: 'alice' }, END),
    ]),
  ],
  'user-costs': [
    userCosts(ireland, { alice: 2.5, 'bob.builder': 0, [UNATTRIBUTED]: 70, [OTHER]: 0.5 }),
    userCosts(nowhere, { alice: 1e-5 }),
    resourceCosts(ireland, [
      { service: 'ec2', resource: 'i-0a1b2c3d', usd: 5 },
      { service: 'lambda', resource: `arn:aws:lambda:eu-west-1:${HOME}:function:resize`, usd: 0.25 },
      { service: 's3', resource: 'my.bucket', usd: 1.5 },
      { service: 'unknown', resource: 'orders', usd: 2 },
      { user: UNATTRIBUTED, service: 'ec2', resource: 'vol-0a1b2c3d', usd: 3 },
      { user: OTHER, service: OTHER, resource: OTHER, usd: 4 },
    ]),
  ],
  roles: [
    allRoles({
      batch: 'eu-west-1',
      idle: undefined,
      reader: 'us-east-1',
      web: 'eu-west-1',
    }),
    ...roleResources(ireland, [
      { role: 'web', resource: 'i-0a', state: 'running', usd: 12.25 },
      { role: 'web', resource: 'i-0b', state: 'stopped', usd: 0 },
      { role: 'web', resource: 'i-0c', state: 'stopping', usd: 1 },
    ]),
    ...roleResources(virginia, [{ role: 'web', resource: 'i-0d', state: 'running', usd: 3 }]),
    ...roleResources(nowhere, [
      { role: 'batch', service: 'lambda' },
      { role: 'batch', service: 'states' },
    ]),
  ],
  accounts: [
    group('Linked_Accounts', account, [
      sample('aws_account_info', { ...account, account_name: 'prod', state: 'ACTIVE' }, 1),
    ]),
    months(HOME, {
      '2025-12 Usage': 90,
      '2026-01 Credit': -40,
      '2026-01 Tax': 0.2,
      '2026-01 Usage': 0.1,
      '2026-02 Refund': -5,
      '2026-02 Usage': 80,
      '2026-03 Usage': 1,
    }),
    months(OTHER_ACCOUNT, { '2026-02 Credit': -3, '2026-03 Usage': 7.125 }),
  ],
  services: [
    services(ireland, { A: 9.5, B: 6, C: 5, D: 100, E: 10.2, F: 0.01, [OTHER]: 50 }),
    services(nowhere, { 'Amazon Route 53': 0.5 }),
  ],
  projects: [
    projects({
      '': { 'Amazon S3': 3 },
      Others: { 'Amazon S3': 1 },
      atlas: { 'Amazon S3': 4, AWSLambda: 2 },
      'billing $api': { 'Amazon S3': 0.5 },
      [OTHER]: { [OTHER]: 9 },
    }),
    usage([
      {
        project: 'atlas',
        service: 'Amazon S3',
        usage_type: 'EU-Requests',
        unit: 'Requests',
        usd: 1,
        quantity: 2e6,
      },
      { project: 'atlas', service: 'Amazon S3', usage_type: 'EU-Storage', unit: '', usd: 3, quantity: 130.5 },
      { project: OTHER, service: OTHER, usage_type: OTHER, unit: OTHER, usd: 2 },
    ]),
  ],
  tags: [
    missingTags(ireland, {
      [`arn:aws:ec2:eu-west-1:${HOME}:instance/i-0a`]: ['Owner', 'Project'],
      [`arn:aws:lambda:eu-west-1:${HOME}:function:resize`]: ['Owner'],
      [OTHER]: ['Owner'],
    }),
    missingTags(nowhere, { 'arn:aws:s3:::my.bucket': ['Owner'] }),
  ],
};
