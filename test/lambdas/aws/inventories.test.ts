import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { AwsAccess } from '../../../lambdas/aws/access';
import { regionsToAsk } from '../../../lambdas/aws/enabled-regions';
import { listIamUsers } from '../../../lambdas/aws/iam-users';
import { organizationOf } from '../../../lambdas/aws/linked-accounts';
import { taggedResources } from '../../../lambdas/aws/tagged-resources';
import { iamUsersSource } from '../../../lambdas/collectors/iam-users/source';
import { rolesSource } from '../../../lambdas/collectors/roles/source';
import { userCostsSource } from '../../../lambdas/collectors/user-costs/source';
import type { AwsFault } from '../../../lib/local/aws/server';
import { generateBill } from '../../../lib/local/bill/generated';
import { ACCOUNT, bill, COMPUTE, stopAll } from '../../local/aws/simulation';
import { answerError, answering, local } from '../../support/local-access';

const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
});

/** An organization with several users, roles, instances, Regions, tagged resources and accounts, one on each page. */
const BILL = generateBill({
  seed: 3,
  users: 4,
  regions: 2,
  resourcesPerUser: 3,
  ownerTag: 'Owner',
  days: 40,
  members: 2,
  asOf: new Date('2026-03-15T12:00:00Z'),
});

interface Inventory {
  readonly action: string;
  /** The list of the answer, and its name in the SDK where that differs. */
  readonly member: string;
  readonly named?: string;
  readonly read: (aws: AwsAccess) => Promise<unknown>;
}

const roles = (aws: AwsAccess) => rolesSource(aws, { resourceServices: [COMPUTE] });

const INVENTORIES: readonly Inventory[] = [
  {
    action: 'iam:ListUsers',
    member: 'Users',
    read: (aws) => listIamUsers(aws.client(IAMClient), aws.signal),
  },
  {
    action: 'iam:GetAccountAuthorizationDetails',
    member: 'RoleDetailList',
    read: (aws) => roles(aws).roles(),
  },
  {
    action: 'ec2:DescribeInstances',
    member: 'reservationSet',
    named: 'Reservations',
    read: (aws) => roles(aws).instances('eu-west-1'),
  },
  {
    action: 'tag:GetResources',
    member: 'ResourceTagMappingList',
    read: (aws) => taggedResources(aws, 'eu-west-1'),
  },
  { action: 'account:ListRegions', member: 'Regions', read: (aws) => regionsToAsk(aws) },
  {
    action: 'organizations:ListAccounts',
    member: 'Accounts',
    read: (aws) => organizationOf(aws.client(OrganizationsClient), BILL.accountId, aws.signal),
  },
];

describe.each(INVENTORIES)('$action', ({ action, member, named = member, read }) => {
  test('an answer without its list is no answer', async () => {
    const { access } = await local({ bill: BILL, faults: [{ action, kind: 'without', member }] });
    await expect(read(access)).rejects.toThrow(
      answerError(`${action}: expected ${named}, got an answer without it`),
    );
  });

  test('an answer without a body is no answer', async () => {
    const { access } = await local({ bill: BILL, faults: [{ action, kind: 'empty-body' }] });
    await expect(read(access)).rejects.toThrow(
      answerError(`${action}: expected ${named}, got an answer without it`),
    );
  });

  test('a page token that repeats is noticed at its first repetition', async () => {
    const { access, aws } = await local({
      bill: BILL,
      inventoryPageSize: 1,
      faults: [{ action, kind: 'same-token' }],
    });
    await expect(read(access)).rejects.toThrow(
      answerError(`${action}: expected another page token on each page, got one twice`),
    );
    expect(aws.requests.filter((request) => request.action === action)).toHaveLength(2);
  });
});

test.each(INVENTORIES.filter(({ action }) => !/Regions|Accounts/.test(action)))(
  '$action: an empty list is an answer',
  async ({ read }) => {
    const { access } = await local({ bill: bill() });
    expect(await read(access)).toEqual([]);
  },
);

test.each([
  ['account:ListRegions', 'Regions', { Regions: [] }, 'expected at least one enabled Region, got none'],
  [
    'organizations:ListAccounts',
    'Accounts',
    { Organization: { MasterAccountId: ACCOUNT }, Accounts: [] },
    'expected at least the management account, got no account',
  ],
])('%s: an empty list of %s is no answer', async (action, _, body, message) => {
  const { access } = await answering(() => ({ type: 'application/json', body: JSON.stringify(body) }));
  const { read } = INVENTORIES.find((one) => one.action === action) ?? INVENTORIES[0] ?? fail();
  await expect(read(access)).rejects.toThrow(answerError(`${action}: ${message}`));
});

test.each([
  ['account:ListRegions', { Regions: [{ RegionName: 'eu-west-1' }, {}] }, 'RegionName of each Region'],
  ['tag:GetResources', { ResourceTagMappingList: [{ Tags: [] }] }, 'ResourceARN of each resource'],
])('%s: an answer with an item that has no name is no answer', async (action, body, expected) => {
  const { access } = await answering(() => ({ type: 'application/json', body: JSON.stringify(body) }));
  const { read } = INVENTORIES.find((one) => one.action === action) ?? INVENTORIES[0] ?? fail();
  await expect(read(access)).rejects.toThrow(answerError(`${action}: expected ${expected}, got none`));
});

test('Regions are read once each, sorted, and without the pseudo-Regions of Cost Explorer', async () => {
  const { access, aws } = await local({ bill: BILL });
  const chosen = ['us-east-1', 'global', 'NoRegion', 'eu-west-1', 'us-east-1'];
  expect(await regionsToAsk(access, chosen)).toEqual(['eu-west-1', 'us-east-1']);
  expect(aws.requests).toEqual([]);
});

test('a resource has its tags, where a tag may lack its value', async () => {
  const mapping = { ResourceARN: 'arn:aws:s3:::a', Tags: [{ Key: 'Owner', Value: 'ana' }, { Key: 'empty' }] };
  const body = JSON.stringify({ ResourceTagMappingList: [mapping] });
  const { access } = await answering(() => ({ type: 'application/json', body }));
  expect(await taggedResources(access, 'eu-west-1')).toEqual([
    {
      arn: 'arn:aws:s3:::a',
      tags: [
        { key: 'Owner', value: 'ana' },
        { key: 'empty', value: '' },
      ],
    },
  ]);
});

test('a truncated page of IAM that names no next page is no answer', async () => {
  const result = '<ListUsersResult><Users/><IsTruncated>true</IsTruncated></ListUsersResult>';
  const body = `<ListUsersResponse>${result}</ListUsersResponse>`;
  const { access } = await answering(() => ({ type: 'text/xml', body }));
  await expect(listIamUsers(access.client(IAMClient), access.signal)).rejects.toThrow(
    answerError('iam:ListUsers: expected a Marker on a truncated page, got none'),
  );
});

test('a user without a name is no answer, for both collectors of users', async () => {
  const [user] = BILL.users;
  const users = user ? [{ ...user, userName: '' }] : [];
  const { access } = await local({ bill: bill({ users }) });
  const source = userCostsSource(access, { ownerTag: 'Owner', resourceServices: [COMPUTE] });
  for (const read of [source.users(), iamUsersSource(access).users()])
    await expect(read).rejects.toThrow(
      answerError(/^iam:ListUsers: expected UserName, Arn, UserId and CreateDate of each user, got {2}arn:/),
    );
});

test.each<AwsFault['kind']>(['error-500', 'error-503', 'reset', 'truncate', 'web-page'])(
  'two answers with the fault %s are followed by the answer in the same invocation, and counted',
  async (kind) => {
    const faults = INVENTORIES.map(({ action }) => ({ action, kind, turns: [1, 2] }) as AwsFault);
    const { access, meter } = await local({ bill: BILL, faults });
    for (const { read } of INVENTORIES) await read(access);
    const failed = meter.counts().filter(({ outcome }) => outcome !== 'ok');
    expect(failed.reduce((sum, { requests }) => sum + requests, 0)).toBe(2 * INVENTORIES.length);
  },
  30_000,
);
