import Big from 'big.js';
import fc from 'fast-check';
import type { AttributionRule } from '../../../lambdas/catalog/attribution';
import type { CollectorSettings } from '../../../lambdas/catalog/function-settings';
import { attribute } from '../../../lambdas/collectors/user-costs/attribution';
import { userCosts } from '../../../lambdas/collectors/user-costs/collector';
import type { DayCost, UserCostsSource } from '../../../lambdas/collectors/user-costs/port';
import { regionUserCosts } from '../../../lambdas/collectors/user-costs/user-breakdown';
import { sumUsd } from '../../../lambdas/domain/amounts';
import { dollars } from '../../support/amounts';
import { ACCOUNT, exposition } from '../../support/exposition';
import { settingsWith } from '../../support/functions';

const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const SETTINGS: CollectorSettings<'user-costs'> = {
  ...settingsWith(),
  resourceServices: [EC2],
  resourceDays: 7,
};
const day = (date: string, region: string, amount: string, more: Partial<DayCost> = {}): DayCost => ({
  day: date,
  region,
  usd: dollars(amount),
  service: EC2,
  estimated: false,
  ...more,
});

const SOURCE: UserCostsSource = {
  dailyTotals: async () => [
    day('2026-02-15', 'eu-west-1', '4.1'),
    day('2026-02-26', 'eu-west-1', '1'),
    day('2026-02-28', 'eu-west-1', '7', { estimated: true }),
    day('2026-02-28', 'eu-west-1', '2.2', { estimated: true, service: 'Amazon Route 53' }),
    day('2026-02-28', 'global', '-0.5', { service: 'Amazon Route 53' }),
    day('2026-02-28', 'us-west-1', '0'),
  ],
  tagCosts: async () => [
    { value: 'alice', region: 'eu-west-1', usd: dollars('10.1') },
    { value: 'alice', region: 'eu-west-1', usd: dollars('0.2') },
    { value: '', region: 'eu-west-1', usd: dollars('4') },
    { value: '', region: 'global', usd: dollars('-0.5') },
    { value: '', region: 'us-west-1', usd: dollars('0') },
  ],
  resourceCosts: async () => [
    { resource: 'i-0a1', region: 'eu-west-1', usd: dollars('7') },
    { resource: 'NoResourceId', region: 'eu-west-1', usd: dollars('1') },
  ],
  owners: async () => new Map([['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1', 'alice']]),
  users: async () => [
    { name: 'alice', id: 'AIDAALICE' },
    { name: 'bob', id: 'AIDABOB' },
  ],
};

test('without services for costs by resource, nothing about resources is requested or published', async () => {
  const requested = async () => {
    throw new Error('expected no request');
  };
  const source = { ...SOURCE, resourceCosts: requested, owners: requested };
  const collect = userCosts(source, { ...SETTINGS, resourceServices: [] });
  const text = await exposition(collect, '2026-03-01T06:00:00Z');
  expect(text.match(/"job":"[^"]+/g)).toEqual([
    '"job":"IAM_User_Total_Services_Cost_List_eu-west-1',
    '"job":"IAM_User_Total_Services_Cost_List_global',
  ]);
  expect(text).not.toMatch(/failed|resource/);
});

test('publishes each user and each resource by Region, unattributed cost, and gaps of 0', async () => {
  const text = await exposition(userCosts(SOURCE, SETTINGS), '2026-03-01T06:00:00Z');
  expect(
    text.replace(/^# HELP .*\n/gm, ''),
  ).toBe(`{"job":"IAM_User_Total_Services_Cost_List_eu-west-1","account_id":"111122223333"}
# TYPE aws_user_billed_cost_usd gauge
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="alice"} 10.3
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="bob"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__"} 4

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="owners"} 0
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="role_sessions"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="eu-west-1",list="owners"} 0
tollgate_aggregated_usd{account_id="111122223333",region="eu-west-1",list="role_sessions"} 0

# TYPE aws_cost_attributed_usd gauge
aws_cost_attributed_usd{account_id="111122223333",region="eu-west-1",method="owner-tag"} 10.3
aws_cost_attributed_usd{account_id="111122223333",region="eu-west-1",method="none"} 4

# TYPE aws_region_day_billed_cost_usd gauge
aws_region_day_billed_cost_usd{account_id="111122223333",region="eu-west-1",days_before_period_end="0"} 9.2
aws_region_day_billed_cost_usd{account_id="111122223333",region="eu-west-1",days_before_period_end="1"} 0
aws_region_day_billed_cost_usd{account_id="111122223333",region="eu-west-1",days_before_period_end="2"} 1
aws_region_day_billed_cost_usd{account_id="111122223333",region="eu-west-1",days_before_period_end="3"} 0

# TYPE aws_region_day_estimated gauge
aws_region_day_estimated{account_id="111122223333",region="eu-west-1",days_before_period_end="0"} 1
aws_region_day_estimated{account_id="111122223333",region="eu-west-1",days_before_period_end="1"} 0
aws_region_day_estimated{account_id="111122223333",region="eu-west-1",days_before_period_end="2"} 0
aws_region_day_estimated{account_id="111122223333",region="eu-west-1",days_before_period_end="3"} 0

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="eu-west-1",breakdown="user"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="eu-west-1",breakdown="user"} 1772323200

{"job":"IAM_User_Total_Services_Cost_List_global","account_id":"111122223333"}
# TYPE aws_user_billed_cost_usd gauge
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="alice"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="bob"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="__unattributed__"} -0.5

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="global",list="owners"} 0
tollgate_aggregated_rows{account_id="111122223333",region="global",list="role_sessions"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="global",list="owners"} 0
tollgate_aggregated_usd{account_id="111122223333",region="global",list="role_sessions"} 0

# TYPE aws_cost_attributed_usd gauge
aws_cost_attributed_usd{account_id="111122223333",region="global",method="owner-tag"} 0
aws_cost_attributed_usd{account_id="111122223333",region="global",method="none"} -0.5

# TYPE aws_region_day_billed_cost_usd gauge
aws_region_day_billed_cost_usd{account_id="111122223333",region="global",days_before_period_end="0"} -0.5
aws_region_day_billed_cost_usd{account_id="111122223333",region="global",days_before_period_end="1"} 0
aws_region_day_billed_cost_usd{account_id="111122223333",region="global",days_before_period_end="2"} 0
aws_region_day_billed_cost_usd{account_id="111122223333",region="global",days_before_period_end="3"} 0

# TYPE aws_region_day_estimated gauge
aws_region_day_estimated{account_id="111122223333",region="global",days_before_period_end="0"} 0
aws_region_day_estimated{account_id="111122223333",region="global",days_before_period_end="1"} 0
aws_region_day_estimated{account_id="111122223333",region="global",days_before_period_end="2"} 0
aws_region_day_estimated{account_id="111122223333",region="global",days_before_period_end="3"} 0

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="global",breakdown="user"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="global",breakdown="user"} 1772323200

{"job":"IAM_User_Resource_List_Cost_eu-west-1","account_id":"111122223333"}
# TYPE aws_user_resource_billed_cost_usd gauge
aws_user_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="alice",service="ec2",resource="i-0a1"} 7
aws_user_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__",service="__unattributed__",resource="__unattributed__"} 3.2

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="eu-west-1",list="resources"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="eu-west-1",list="resources"} 0

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="eu-west-1",breakdown="resource"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="eu-west-1",breakdown="resource"} 1772323200

{"job":"IAM_User_Resource_List_Cost_global","account_id":"111122223333"}
# TYPE aws_user_resource_billed_cost_usd gauge
aws_user_resource_billed_cost_usd{account_id="111122223333",region="global",user_name="__unattributed__",service="__unattributed__",resource="__unattributed__"} -0.5

# TYPE tollgate_aggregated_rows gauge
tollgate_aggregated_rows{account_id="111122223333",region="global",list="resources"} 0

# TYPE tollgate_aggregated_usd gauge
tollgate_aggregated_usd{account_id="111122223333",region="global",list="resources"} 0

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="global",breakdown="resource"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="global",breakdown="resource"} 1772323200
`);
});

test('requests full UTC days up to yesterday, and totals for the longest window', async () => {
  const requested: unknown[] = [];
  const record = (name: string, args: unknown[]) => {
    requested.push([name, ...args]);
    return [];
  };
  const source: UserCostsSource = {
    ...SOURCE,
    dailyTotals: async (...args) => record('totals', args),
    tagCosts: async (...args) => record('owners', args),
    resourceCosts: async (...args) => record('resources', args),
  };
  await exposition(
    userCosts(source, { ...SETTINGS, resourceDays: 2, settleDays: 2 }),
    '2026-03-01T00:05:00Z',
  );
  expect(requested).toEqual([
    ['totals', ACCOUNT, { start: '2026-02-14', end: '2026-02-28' }],
    ['owners', ACCOUNT, { start: '2026-02-14', end: '2026-02-28' }, { tag: 'Owner', absent: [] }],
    ['resources', ACCOUNT, { start: '2026-02-26', end: '2026-02-28' }],
  ]);
});

test('resource-level data that is not available is a state, no failure, and keeps what was published', async () => {
  const collect = userCosts({ ...SOURCE, resourceCosts: async () => undefined }, SETTINGS);
  const findings = await collect({
    accountId: ACCOUNT,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(findings).toMatchObject({
    failures: [],
    unavailable: [{ part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'] }],
    resourceDataAvailable: false,
    periodEnd: 1772323200,
  });
  expect(findings.groups.map(({ job }) => job)).toEqual([
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'IAM_User_Total_Services_Cost_List_global',
  ]);
});

test('a Region whose tags cannot be read omits only the resources of that Region', async () => {
  const rows = await SOURCE.resourceCosts(ACCOUNT, { start: '', end: '' });
  const source: UserCostsSource = {
    ...SOURCE,
    resourceCosts: async () => [
      ...(rows ?? []),
      { resource: 'd1.example', region: 'global', usd: dollars('-0.5') },
    ],
    owners: async (region) => {
      if (region === 'us-east-1')
        throw Object.assign(new Error('rate exceeded'), { name: 'ThrottledException' });
      return new Map();
    },
  };
  const collect = userCosts(source, SETTINGS);
  const { groups, failures } = await collect({
    accountId: ACCOUNT,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(groups.map(({ job }) => job)).toEqual([
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'IAM_User_Total_Services_Cost_List_global',
    'IAM_User_Resource_List_Cost_eu-west-1',
  ]);
  expect(failures).toEqual([
    { part: 'resource_costs', subject: 'global', reason: 'throttled', message: 'rate exceeded' },
  ]);
});

test('a Region whose Tagging API cannot be reached keeps its resources, and is no failure', async () => {
  const owners = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
  const { groups, failures, unavailable } = await userCosts(
    { ...SOURCE, owners },
    SETTINGS,
  )({
    accountId: ACCOUNT,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(groups.map(({ job }) => job)).toEqual([
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'IAM_User_Total_Services_Cost_List_global',
    'IAM_User_Resource_List_Cost_global',
  ]);
  expect(failures).toEqual([]);
  expect(unavailable).toEqual([
    { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'], region: 'eu-west-1' },
  ]);
});

test('without the separate total neither breakdown is published', async () => {
  const source: UserCostsSource = { ...SOURCE, dailyTotals: () => Promise.reject(new Error('no total')) };
  expect(await exposition(userCosts(source, SETTINGS), '2026-03-01T06:00:00Z')).toBe(
    [
      'failed: {"part":"user_costs","reason":"other","message":"no total"}\n',
      'failed: {"part":"resource_costs","reason":"other","message":"no total"}\n',
    ].join('\n'),
  );
});

test('a dropped row shows as the gap', async () => {
  const source: UserCostsSource = {
    ...SOURCE,
    tagCosts: async () => [{ value: 'alice', region: 'eu-west-1', usd: dollars('10.1') }],
  };
  const text = await exposition(userCosts(source, SETTINGS), '2026-03-01T06:00:00Z');
  expect(text).toContain(
    'tollgate_breakdown_gap_usd{account_id="111122223333",region="eu-west-1",breakdown="user"} 4.2\n',
  );
});

test('for any bill, each Region stays below its limits and adds up to the last decimal that a number has', () => {
  const amount = fc
    .tuple(fc.integer({ min: -(10 ** 7), max: 10 ** 7 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, e]) => dollars(`${n}e-${e}`));
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '__other__',
      '__unattributed__',
      'alice',
      'AssumedRole:AROA1:a',
      'AssumedRole:AROA1:b',
    ),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ value, region: fc.constant('eu-west-1'), usd: amount }), { maxLength: 60 }),
      fc.constantFrom<AttributionRule>('owner-tag', 'created-by'),
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 }),
      fc.record({
        maxSeries: fc.integer({ min: 20, max: 40 }),
        maxInventory: fc.integer({ min: 0, max: 25 }),
        maxRoleSessions: fc.integer({ min: 0, max: 3 }),
      }),
      (rows, rule, names, limits) => {
        const users = names.map((name) => ({ name, id: `AIDA${name}` }));
        const total = sumUsd(rows.map((row) => row.usd));
        const { samples } = regionUserCosts({
          ...limits,
          accountId: ACCOUNT,
          region: 'eu-west-1',
          period: { start: '2026-02-15', end: '2026-03-01' },
          rows: attribute([{ rule, rows }], users),
          users,
          days: [],
          total,
          methods: ['owner-tag', 'created-by', 'none'],
        });
        const sumOf = (metric: string) =>
          samples
            .filter((one) => one.metric === metric)
            .reduce((sum, one) => sum.plus(one.value), new Big(0));
        const costs = samples.filter(({ metric }) => metric === 'aws_user_billed_cost_usd');
        const named = Math.min(users.length, limits.maxInventory);
        expect(samples.length).toBeLessThanOrEqual(limits.maxSeries + named);
        expect(Number(sumOf('aws_user_billed_cost_usd').minus(total.toNumber()).abs())).toBeLessThan(1e-6);
        expect(Number(sumOf('aws_cost_attributed_usd').minus(total.toNumber()).abs())).toBeLessThan(1e-6);
        expect(new Set(costs.map(({ labels }) => JSON.stringify(labels))).size).toBe(costs.length);
        expect(sumOf('tollgate_breakdown_gap_usd').toNumber()).toBe(0);
      },
    ),
  );
});

test('a dropped page of resources shows as the gap, and the resources still add up with their remainder', async () => {
  const source: UserCostsSource = { ...SOURCE, resourceCosts: async () => [] };
  const text = await exposition(userCosts(source, SETTINGS), '2026-03-01T06:00:00Z');
  expect(text).toContain('region="eu-west-1",breakdown="resource"} 8\n');
});
