import Big from 'big.js';
import fc from 'fast-check';
import type { CollectorSettings } from '../../../lambdas/catalog/function-settings';
import { roles } from '../../../lambdas/collectors/roles/collector';
import type { Instance, Role, RolesSource } from '../../../lambdas/collectors/roles/port';
import { regionRoleCosts, regionRoleResources } from '../../../lambdas/collectors/roles/role-resources';
import { anyCents, dollars } from '../../support/amounts';
import { ACCOUNT, exposition } from '../../support/exposition';

const SETTINGS: CollectorSettings<'roles'> = {
  roleCosts: false,
  resourceDays: 13,
  resourceServices: ['Amazon Elastic Compute Cloud - Compute'],
  settleDays: 1,
  maxInventory: 2_000,
  maxSeries: 2_000,
};
const WITH_COSTS = { ...SETTINGS, roleCosts: true };
const AT = '2026-03-01T05:00:00Z';
const profile = (name: string) => `arn:aws:iam::${ACCOUNT}:instance-profile/${name}`;

function role(name: string, services: readonly string[], more: Partial<Role> = {}): Role {
  const Service = services.map((service) => `${service}.amazonaws.com`);
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } };
  return {
    name,
    arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    id: `AROA${name.toUpperCase()}`,
    instanceProfiles: [],
    trustPolicy: encodeURIComponent(JSON.stringify({ Statement: statement })),
    ...more,
  };
}

const INSTANCES: Readonly<Record<string, readonly Instance[]>> = {
  'eu-central-1': [{ id: 'i-0c', state: 'stopped', instanceProfile: profile('web-2') }],
  'eu-west-1': [
    { id: 'i-0b', state: 'running', instanceProfile: profile('web') },
    { id: 'i-0a', state: 'pending', instanceProfile: profile('web') },
    { id: 'i-0d', state: 'running' },
    { id: 'i-0e', state: 'running', instanceProfile: profile('of-a-role-that-is-gone') },
  ],
  'us-east-1': [],
};

const SOURCE: RolesSource = {
  roles: async () => [
    role('web', ['ec2', 'ssm'], {
      lastUsed: { at: new Date('2026-02-28T23:59:59Z'), region: 'eu-west-1' },
      instanceProfiles: [profile('web'), profile('web-2')],
    }),
    role('unused', ['ec2'], { instanceProfiles: [profile('unused')] }),
    role('people', []),
    role('job', ['lambda']),
  ],
  regions: async () => Object.keys(INSTANCES),
  instances: async (region) => INSTANCES[region] ?? [],
  resourceCosts: async () => [
    { resource: 'i-0a', region: 'eu-west-1', usd: dollars('0.1') },
    { resource: 'i-0a', region: 'eu-west-1', usd: dollars('0.2') },
    { resource: 'i-0c', region: 'eu-west-1', usd: dollars('99') },
    { resource: 'i-0c', region: 'eu-central-1', usd: dollars('-4') },
    { resource: 'NoResourceId', region: 'eu-west-1', usd: dollars('7') },
  ],
};

const INVENTORY = `{"job":"IAM-roles-all","account_id":"111122223333"}
# TYPE aws_iam_role_info gauge
aws_iam_role_info{account_id="111122223333",role_name="job",role_arn="arn:aws:iam::111122223333:role/job",role_id="AROAJOB"} 1
aws_iam_role_info{account_id="111122223333",role_name="people",role_arn="arn:aws:iam::111122223333:role/people",role_id="AROAPEOPLE"} 1
aws_iam_role_info{account_id="111122223333",role_name="unused",role_arn="arn:aws:iam::111122223333:role/unused",role_id="AROAUNUSED"} 1
aws_iam_role_info{account_id="111122223333",role_name="web",role_arn="arn:aws:iam::111122223333:role/web",role_id="AROAWEB"} 1

# TYPE aws_iam_role_last_used_timestamp_seconds gauge
aws_iam_role_last_used_timestamp_seconds{account_id="111122223333",role_name="web",region="eu-west-1"} 1772323199

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="",list="roles"} 0
`;

const FRANKFURT = `{"job":"IAM-roles-service-data_eu-central-1","account_id":"111122223333"}
# TYPE aws_role_resource_info gauge
aws_role_resource_info{account_id="111122223333",region="eu-central-1",role_name="web",service="ec2",resource="i-0c",state="stopped"} 1

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-central-1",list="role_resources"} 0
`;

const IRELAND = `{"job":"IAM-roles-service-data_eu-west-1","account_id":"111122223333"}
# TYPE aws_role_resource_info gauge
aws_role_resource_info{account_id="111122223333",region="eu-west-1",role_name="web",service="ec2",resource="i-0a",state="pending"} 1
aws_role_resource_info{account_id="111122223333",region="eu-west-1",role_name="web",service="ec2",resource="i-0b",state="running"} 1

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="role_resources"} 0
`;

const GLOBAL = `{"job":"IAM-roles-service-data_global","account_id":"111122223333"}
# TYPE aws_role_resource_info gauge
aws_role_resource_info{account_id="111122223333",region="global",role_name="job",service="lambda",resource="",state=""} 1
aws_role_resource_info{account_id="111122223333",region="global",role_name="unused",service="ec2",resource="",state=""} 1
aws_role_resource_info{account_id="111122223333",region="global",role_name="web",service="ssm",resource="",state=""} 1

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="global",list="role_resources"} 0
`;

async function published(different: Partial<RolesSource> = {}, settings = SETTINGS): Promise<string> {
  const text = await exposition(roles({ ...SOURCE, ...different }, settings), AT);
  return text.replace(/^# HELP .*\n/gm, '');
}

async function findings(different: Partial<RolesSource>, settings: CollectorSettings<'roles'>) {
  const collect = roles({ ...SOURCE, ...different }, settings);
  const found = await collect({
    accountId: ACCOUNT,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date(AT),
  });
  return { ...found, groups: found.groups.map(({ job }) => job) };
}

test('publishes every role, its instances by Region, and the other services it trusts', async () => {
  expect(await published()).toBe([INVENTORY, FRANKFURT, IRELAND, GLOBAL].join('\n'));
});

const COSTS = [
  `{"job":"IAM-roles-service-cost_eu-central-1","account_id":"111122223333"}
# TYPE aws_role_resource_billed_cost_usd gauge
aws_role_resource_billed_cost_usd{account_id="111122223333",region="eu-central-1",role_name="web",service="ec2",resource="i-0c"} -4

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-central-1",list="role_costs"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="eu-central-1",list="role_costs"} 0
`,
  `{"job":"IAM-roles-service-cost_eu-west-1","account_id":"111122223333"}
# TYPE aws_role_resource_billed_cost_usd gauge
aws_role_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",role_name="web",service="ec2",resource="i-0a"} 0.3
aws_role_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",role_name="web",service="ec2",resource="i-0b"} 0

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="role_costs"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="eu-west-1",list="role_costs"} 0
`,
] as const;

test('with costs, every instance has the cost of its own Region, or 0, in a group of its own', async () => {
  const [frankfurt, ireland] = COSTS;
  expect(await published({}, WITH_COSTS)).toBe(
    [INVENTORY, FRANKFURT, frankfurt, IRELAND, ireland, GLOBAL].join('\n'),
  );
});

test('beyond maxSeries the costliest instances stay, and the others are one row with their number and their cost', async () => {
  const text = await published({}, { ...WITH_COSTS, maxSeries: 3 });
  expect(text.match(/^(aws_role_resource|tollgate_aggregated)_.*region="eu-west-1".*$/gm)).toEqual([
    'aws_role_resource_info{account_id="111122223333",region="eu-west-1",role_name="__other__",service="__other__",resource="__other__",state=""} 2',
    'tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="role_resources"} 2',
    'aws_role_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",role_name="__other__",service="__other__",resource="__other__"} 0.3',
    'tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="role_costs"} 2',
    'tollgate_aggregated_usd{account_id="111122223333",region="eu-west-1",list="role_costs"} 0.3',
  ]);
  const roomier = await published({}, { ...WITH_COSTS, maxSeries: 4 });
  expect(roomier).toContain('role_name="web",service="ec2",resource="i-0a"} 0.3');
});

test('requests costs for full UTC days up to yesterday, and only with the setting roleCosts', async () => {
  const requested: unknown[] = [];
  const resourceCosts: RolesSource['resourceCosts'] = async (...args) => {
    requested.push(args);
    return [];
  };
  const without = await findings({ resourceCosts }, SETTINGS);
  const found = await findings({ resourceCosts }, WITH_COSTS);
  expect(requested).toEqual([[ACCOUNT, { start: '2026-02-16', end: '2026-03-01' }]]);
  expect([without.periodEnd, found.periodEnd]).toEqual([undefined, 1772323200]);
  expect([without.resourceDataAvailable, found.resourceDataAvailable]).toEqual([undefined, true]);
});

test('resource-level data that is not available is a state; the resources are published, and old costs stay', async () => {
  const off = { resourceCosts: async () => undefined };
  expect(await published(off, WITH_COSTS)).toBe([INVENTORY, FRANKFURT, IRELAND, GLOBAL].join('\n'));
  expect(await findings(off, WITH_COSTS)).toEqual({
    groups: [
      'IAM-roles-all',
      'IAM-roles-service-data_eu-central-1',
      'IAM-roles-service-data_eu-west-1',
      'IAM-roles-service-data_global',
    ],
    failures: [],
    unavailable: [{ part: 'role_costs', jobs: ['IAM-roles-service-cost'] }],
    resourceDataAvailable: false,
    periodEnd: 1772323200,
  });
});

test('costs that cannot be read are a failure of their own; the resources are published', async () => {
  const denied = { resourceCosts: () => Promise.reject(named('AccessDeniedException', 'no billing')) };
  expect(await published(denied, WITH_COSTS)).toBe(
    [
      INVENTORY,
      FRANKFURT,
      IRELAND,
      GLOBAL,
      'failed: {"part":"role_costs","reason":"denied","message":"no billing"}\n',
    ].join('\n'),
  );
});

test('a Region that cannot be read omits its group and the group that depends on all Regions', async () => {
  const instances = async (region: string) => {
    if (region === 'eu-central-1') throw named('UnauthorizedOperation', 'not here');
    return SOURCE.instances(region);
  };
  expect(await published({ instances })).toBe(
    [
      INVENTORY,
      IRELAND,
      'failed: {"part":"role_resources","reason":"denied","message":"not here","subject":"eu-central-1"}\n',
    ].join('\n'),
  );
});

test('a Region that cannot be reached, and the group that depends on all Regions, are unavailable', async () => {
  const instances = async (region: string) => {
    if (region === 'eu-central-1') throw named('TimeoutError', 'no answer');
    return SOURCE.instances(region);
  };
  const jobs = ['IAM-roles-service-data', 'IAM-roles-service-cost'];
  expect(await findings({ instances }, SETTINGS)).toEqual({
    groups: ['IAM-roles-all', 'IAM-roles-service-data_eu-west-1'],
    failures: [],
    unavailable: [
      { part: 'role_resources', jobs, region: 'eu-central-1' },
      { part: 'role_resources', jobs, region: 'global' },
    ],
  });
});

test('without a list of Regions, only the roles are published', async () => {
  const regions = () => Promise.reject(named('TooManyRequestsException', 'slow down'));
  expect(await published({ regions })).toBe(
    [INVENTORY, 'failed: {"part":"role_resources","reason":"throttled","message":"slow down"}\n'].join('\n'),
  );
});

test('a trust policy that cannot be read is a failure of that role; instances are published, the group of all roles is not', async () => {
  const unreadable = async () =>
    (await SOURCE.roles()).map((one) => (one.name === 'web' ? { ...one, trustPolicy: '%' } : one));
  expect(await published({ roles: unreadable })).toBe(
    [
      INVENTORY,
      FRANKFURT,
      IRELAND,
      'failed: {"part":"roles","reason":"other","message":"trust policy: expected URL-encoded JSON with a Statement, got \\"%\\"","subject":"web"}\n',
    ].join('\n'),
  );
});

test('a failing list of roles is a failure of the part roles, without a group', async () => {
  const text = await published({ roles: () => Promise.reject(named('AccessDenied', 'not you')) });
  expect(text).toBe('failed: {"part":"roles","reason":"denied","message":"not you"}\n');
});

test('roles beyond maxInventory are counted in one row', async () => {
  const many = ['d', 'b', 'c', 'a'].map((name) => role(name, []));
  expect(
    await published({ roles: async () => many }, { ...SETTINGS, maxInventory: 2 }),
  ).toBe(`{"job":"IAM-roles-all","account_id":"111122223333"}
# TYPE aws_iam_role_info gauge
aws_iam_role_info{account_id="111122223333",role_name="a",role_arn="arn:aws:iam::111122223333:role/a",role_id="AROAA"} 1
aws_iam_role_info{account_id="111122223333",role_name="b",role_arn="arn:aws:iam::111122223333:role/b",role_id="AROAB"} 1
aws_iam_role_info{account_id="111122223333",role_name="__other__",role_arn="__other__",role_id="__other__"} 2

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="",list="roles"} 2
`);
});

test('for any resources, a Region stays below maxSeries, counts every row and keeps the sum of their costs', () => {
  const row = fc.record({
    role: fc.constantFrom('a', 'b', '__other__'),
    service: fc.constant('ec2'),
    resource: fc.stringMatching(/^i-[0-9a-f]{1,4}$/),
    state: fc.constantFrom('running', 'stopped'),
    usd: anyCents,
  });
  const rows = fc.uniqueArray(row, { selector: ({ resource }) => resource, maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.boolean(), fc.integer({ min: 3, max: 60 }), (all, withCosts, maxSeries) => {
      const given = withCosts ? all : all.map(({ usd: _, ...rest }) => rest);
      const place = { accountId: ACCOUNT, region: 'eu-west-1', rows: given, maxSeries };
      const groups = [regionRoleResources(place), ...regionRoleCosts(place)];
      const sumOf = (metric: string) =>
        groups
          .flatMap(({ samples }) => samples)
          .filter((one) => one.metric === metric)
          .reduce((sum, { value }) => sum.plus(value), new Big(0))
          .toFixed(2);
      const cost = all.reduce((sum, one) => sum.plus(one.usd.toNumber()), new Big(0)).toFixed(2);
      for (const { samples } of groups) expect(samples.length).toBeLessThanOrEqual(maxSeries);
      expect(sumOf('aws_role_resource_info')).toBe(all.length.toFixed(2));
      expect(sumOf('aws_role_resource_billed_cost_usd')).toBe(withCosts ? cost : '0.00');
    }),
  );
});

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
