import type { AttributedCost } from '../../../lambdas/collectors/user-costs/attribution';
import {
  type RegionResourceCosts,
  regionResourceCosts,
} from '../../../lambdas/collectors/user-costs/resource-breakdown';
import { type RegionUserCosts, regionUserCosts } from '../../../lambdas/collectors/user-costs/user-breakdown';
import { ZERO_USD } from '../../../lambdas/domain/amounts';
import { regionsWithCost } from '../../../lambdas/domain/regions';
import type { Group } from '../../../lambdas/metrics/group';
import { dollars } from '../../support/amounts';
import { ACCOUNT } from '../../support/exposition';

const PERIOD = { start: '2026-02-15', end: '2026-03-01' };

test('resources: the heaviest stay in order, the others are one row, and the remainder is a row of its own', () => {
  expect(rowsOf(resources({ maxSeries: 8 }))).toEqual([
    'alice s3 a-bucket 5',
    'alice ec2 i-0a1 30',
    '__other__ __other__ __other__ 3',
    '__unattributed__ __unattributed__ __unattributed__ 7',
  ]);
  expect(resources({ maxSeries: 8 }).samples).toHaveLength(8);
});

test('resources: each row has owner and service, two rows of a resource add up, and a resource without cost has none', () => {
  expect(rowsOf(resources({ maxSeries: 100 }))).toEqual([
    'alice s3 a-bucket 5',
    '__unattributed__ unknown another-bucket 2',
    'alice ec2 i-0a1 30',
    '__unattributed__ ec2 i-0a2 1',
    '__unattributed__ __unattributed__ __unattributed__ 7',
  ]);
});

test('users: the heaviest stay in order, the others are one row, and unattributed cost always has a row', () => {
  const aggregated = users({ maxSeries: 12, maxInventory: 0 });
  expect(rowsOf(aggregated)).toEqual(['bob 20', 'dora -30', '__other__ 12', '__unattributed__ 4']);
  expect(aggregated.samples).toHaveLength(12);
  expect(aggregatedIn(aggregated)).toEqual([
    'owners rows 2',
    'owners usd 9',
    'role_sessions rows 2',
    'role_sessions usd 3',
  ]);
});

test('users: every IAM user has a row up to maxInventory, however few series there are', () => {
  const aggregated = users({ maxSeries: 12 });
  expect(rowsOf(aggregated)).toEqual(['alice 0', 'bob 20', 'dora -30', '__other__ 12', '__unattributed__ 4']);
});

test('users: an IAM user without cost has 0, a tag without cost has no row', () => {
  expect(rowsOf(users({ maxSeries: 100 }))).toEqual([
    'AROA:s1 1',
    'AROA:s2 2',
    'alice 0',
    'bob 20',
    'dora -30',
    'zoe 9',
    '__unattributed__ 4',
  ]);
});

test('users: role sessions beyond maxRoleSessions are aggregated, however few series there are', () => {
  expect(rowsOf(users({ maxSeries: 100, maxRoleSessions: 1 }))).toEqual([
    'AROA:s2 2',
    'alice 0',
    'bob 20',
    'dora -30',
    'zoe 9',
    '__other__ 1',
    '__unattributed__ 4',
  ]);
});

test('Regions with cost are sorted, and Regions without cost are skipped', () => {
  const rows = (amount: number) => [{ usd: dollars(amount) }];
  const totals = new Map([
    ['us-east-1', rows(1)],
    ['eu-west-1', rows(-1)],
    ['ap-east-1', rows(0)],
  ]);
  expect(
    regionsWithCost([totals, new Map([['af-south-1', rows(2)]])], ({ usd }) => !usd.eq(ZERO_USD)),
  ).toEqual(['af-south-1', 'eu-west-1', 'us-east-1']);
});

function resources(limits: Pick<RegionResourceCosts, 'maxSeries'>): Group {
  const row = (resource: string, amount: number) => ({ resource, region: 'eu-west-1', usd: dollars(amount) });
  return regionResourceCosts({
    ...limits,
    accountId: ACCOUNT,
    partition: 'aws',
    region: 'eu-west-1',
    period: PERIOD,
    rows: [
      row('i-0a1', 10),
      row('i-0a2', 1),
      row('another-bucket', 2),
      row('a-bucket', 5),
      row('i-0a1', 20),
      row('i-0a3', 0),
      row('NoResourceId', 1),
      row('', 2),
    ],
    owners: new Map([
      ['arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1', 'alice'],
      ['arn:aws:s3:::a-bucket', 'alice'],
    ]),
    total: dollars(45),
    servicesTotal: dollars(41),
  });
}

function users(limits: { maxSeries: number; maxInventory?: number; maxRoleSessions?: number }): Group {
  const row = (owner: string, amount: number, session = false): AttributedCost => ({
    owner,
    session,
    region: 'eu-west-1',
    usd: dollars(amount),
    method: 'owner-tag',
  });
  const costs: RegionUserCosts = {
    maxRoleSessions: 10,
    maxInventory: 100,
    ...limits,
    accountId: ACCOUNT,
    region: 'eu-west-1',
    period: PERIOD,
    rows: [
      row('zoe', 9),
      row('bob', 20),
      row('gone', 0),
      row('dora', -30),
      row('AROA:s1', 1, true),
      row('AROA:s2', 2, true),
      { ...row('__unattributed__', 4), method: 'none' },
    ],
    users: [{ name: 'alice', id: 'AIDAALICE' }],
    days: [],
    total: dollars(6),
    methods: ['owner-tag', 'none'],
  };
  return regionUserCosts(costs);
}

/** Returns the metrics of aggregated rows as strings. */
function aggregatedIn({ samples }: Group): string[] {
  return samples.flatMap(({ metric, labels, value }) =>
    'list' in labels ? `${labels.list} ${metric.replace('tollgate_aggregated_', '')} ${value}` : [],
  );
}

/** Returns the cost rows as strings without account and Region. */
function rowsOf({ samples }: Group): string[] {
  return samples
    .filter(({ metric }) => metric.endsWith('billed_cost_usd') && metric.includes('_user_'))
    .map(({ labels, value }) => {
      const { account_id: _, region: __, ...own } = labels as Record<string, string>;
      return [...Object.values(own), value].join(' ');
    });
}
