import Big from 'big.js';
import fc from 'fast-check';
import { userCosts } from '../../../lambdas/collectors/user-costs/collector';
import type { UserCostsSource } from '../../../lambdas/collectors/user-costs/port';
import { regionUserCosts } from '../../../lambdas/collectors/user-costs/user-breakdown';
import { ACCOUNT, exposition } from '../../support/exposition';

const SETTINGS = { costDays: 14, resourceDays: 7, settleDays: 1, maxSeries: 2_000 };
const usd = (amount: string) => new Big(amount);

const SOURCE: UserCostsSource = {
  dailyTotals: async () => [
    { day: '2026-02-15', region: 'eu-west-1', usd: usd('4.1') },
    { day: '2026-02-28', region: 'eu-west-1', usd: usd('10.2') },
    { day: '2026-02-28', region: 'global', usd: usd('-0.5') },
    { day: '2026-02-28', region: 'us-west-1', usd: usd('0') },
  ],
  ownerCosts: async () => [
    { owner: 'alice', region: 'eu-west-1', usd: usd('10.1') },
    { owner: 'alice', region: 'eu-west-1', usd: usd('0.2') },
    { owner: '', region: 'eu-west-1', usd: usd('4') },
    { owner: '', region: 'global', usd: usd('-0.5') },
    { owner: '', region: 'us-west-1', usd: usd('0') },
  ],
  resourceCosts: async () => [
    { resource: 'i-0a1', region: 'eu-west-1', usd: usd('7') },
    { resource: 'NoResourceId', region: 'eu-west-1', usd: usd('1') },
  ],
  owners: async () => new Map([['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1', 'alice']]),
  userNames: async () => ['alice', 'bob'],
};

test('publishes each user and each resource by Region, what nobody owns, and that it adds up', async () => {
  const text = await exposition(userCosts(SOURCE, SETTINGS), '2026-03-01T06:00:00Z');
  expect(
    text.replace(/^# HELP .*\n/gm, ''),
  ).toBe(`{"job":"IAM_User_Total_Services_Cost_List_eu-west-1","account_id":"111122223333"}
# TYPE aws_user_billed_cost_usd gauge
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="alice"} 10.3
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="bob"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__"} 4

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="eu-west-1",breakdown="user"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="eu-west-1",breakdown="user"} 1772323200

{"job":"IAM_User_Total_Services_Cost_List_global","account_id":"111122223333"}
# TYPE aws_user_billed_cost_usd gauge
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="alice"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="bob"} 0
aws_user_billed_cost_usd{account_id="111122223333",region="global",user_name="__unattributed__"} -0.5

# TYPE tollgate_breakdown_gap_usd gauge
tollgate_breakdown_gap_usd{account_id="111122223333",region="global",breakdown="user"} 0

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="global",breakdown="user"} 1772323200

{"job":"IAM_User_Resource_List_Cost_eu-west-1","account_id":"111122223333"}
# TYPE aws_user_resource_billed_cost_usd gauge
aws_user_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="alice",service="ec2",resource="i-0a1"} 7
aws_user_resource_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__",service="__unattributed__",resource="__unattributed__"} 3.2

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="eu-west-1",breakdown="resource"} 1772323200

{"job":"IAM_User_Resource_List_Cost_global","account_id":"111122223333"}
# TYPE aws_user_resource_billed_cost_usd gauge
aws_user_resource_billed_cost_usd{account_id="111122223333",region="global",user_name="__unattributed__",service="__unattributed__",resource="__unattributed__"} -0.5

# TYPE tollgate_breakdown_period_end_timestamp_seconds gauge
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="global",breakdown="resource"} 1772323200
`);
});

test('asks for whole days that end yesterday, and for the longest window of totals', async () => {
  const asked: unknown[] = [];
  const record = (name: string, args: unknown[]) => {
    asked.push([name, ...args]);
    return [];
  };
  const source: UserCostsSource = {
    ...SOURCE,
    dailyTotals: async (...args) => record('totals', args),
    ownerCosts: async (...args) => record('owners', args),
    resourceCosts: async (...args) => record('resources', args),
  };
  await exposition(
    userCosts(source, { ...SETTINGS, resourceDays: 2, settleDays: 2 }),
    '2026-03-01T00:05:00Z',
  );
  expect(asked).toEqual([
    ['totals', ACCOUNT, { start: '2026-02-14', end: '2026-02-28' }],
    ['owners', ACCOUNT, { start: '2026-02-14', end: '2026-02-28' }],
    ['resources', ACCOUNT, { start: '2026-02-26', end: '2026-02-28' }],
  ]);
});

test('resource-level data that is switched off is a state, not a failure', async () => {
  const collect = userCosts({ ...SOURCE, resourceCosts: async () => undefined }, SETTINGS);
  const findings = await collect({
    accountId: ACCOUNT,
    partition: 'aws',
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
  });
  expect(findings).toMatchObject({ failures: [], resourceDataAvailable: false, periodEnd: 1772323200 });
  expect(findings.groups.map(({ job }) => job)).toEqual([
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'IAM_User_Total_Services_Cost_List_global',
  ]);
});

test('a Region whose tags cannot be read leaves out that Region of the resources alone', async () => {
  const rows = await SOURCE.resourceCosts(ACCOUNT, { start: '', end: '' });
  const source: UserCostsSource = {
    ...SOURCE,
    resourceCosts: async () => [
      ...(rows ?? []),
      { resource: 'd1.example', region: 'global', usd: usd('-0.5') },
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
    ownerCosts: async () => [{ owner: 'alice', region: 'eu-west-1', usd: usd('10.1') }],
  };
  const text = await exposition(userCosts(source, SETTINGS), '2026-03-01T06:00:00Z');
  expect(text).toContain(
    'tollgate_breakdown_gap_usd{account_id="111122223333",region="eu-west-1",breakdown="user"} 4.2\n',
  );
});

test('whatever the bill, each Region stays under maxSeries and adds up to the last decimal that a number holds', () => {
  const amount = fc
    .tuple(fc.integer({ min: -(10 ** 7), max: 10 ** 7 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, e]) => usd(`${n}e-${e}`));
  const owner = fc.oneof(
    fc.constantFrom('', '__other__', '__unattributed__', 'alice'),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ owner, region: fc.constant('eu-west-1'), usd: amount }), { maxLength: 60 }),
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 20 }),
      fc.integer({ min: 10, max: 30 }),
      (rows, userNames, maxSeries) => {
        const total = rows.reduce((sum, row) => sum.plus(row.usd), new Big(0));
        const period = { start: '2026-02-15', end: '2026-03-01' };
        const { samples } = regionUserCosts({
          accountId: ACCOUNT,
          region: 'eu-west-1',
          period,
          rows,
          userNames,
          total,
          maxSeries,
        });
        const costs = samples.filter(({ metric }) => metric === 'aws_user_billed_cost_usd');
        const published = costs.reduce((sum, { value }) => sum.plus(value), new Big(0));
        expect(samples.length).toBeLessThanOrEqual(maxSeries);
        expect(Number(published.minus(total).abs())).toBeLessThan(1e-6);
        expect(new Set(costs.map(({ labels }) => JSON.stringify(labels))).size).toBe(costs.length);
        expect(samples.find(({ metric }) => metric === 'tollgate_breakdown_gap_usd')?.value).toBe(0);
      },
    ),
  );
});
