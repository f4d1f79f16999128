import { ListUsersCommand, paginateListUsers } from '@aws-sdk/client-iam';
import { userOf as user } from '../../support/bill';
import { bill, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

test('the SDK receives a complete user, including odd characters', async () => {
  const odd = user('a&b<c>+=,.@_-', { passwordLastUsed: new Date('2026-01-02T03:04:05Z') });
  const aws = await simulate({ bill: bill({ users: [odd, user('plain')] }) });
  const { Users = [] } = await clients(aws).iam.send(new ListUsersCommand({}));
  expect(Users[0]).toEqual({
    UserName: 'a&b<c>+=,.@_-',
    UserId: odd.userId,
    Path: '/',
    Arn: odd.arn,
    CreateDate: odd.createDate,
    PasswordLastUsed: odd.passwordLastUsed,
  });
  expect(Users[1]).not.toHaveProperty('PasswordLastUsed');
});

test('the SDK’s paginator sees every user once, in pages of at most a hundred', async () => {
  const names = Array.from({ length: 250 }, (_, index) => `user${index}`);
  const aws = await simulate({ bill: bill({ users: names.map((name) => user(name)) }) });
  const pages = [];
  for await (const page of paginateListUsers({ client: clients(aws).iam }, {})) pages.push(page);
  expect(pages.map(({ Users = [], IsTruncated }) => [Users.length, IsTruncated])).toEqual([
    [100, true],
    [100, true],
    [50, false],
  ]);
  expect(pages.flatMap(({ Users = [] }) => Users.map(({ UserName }) => UserName))).toEqual(names);
  expect(aws.requests.map(({ action, page }) => [action, page])).toEqual([
    ['iam:ListUsers', 1],
    ['iam:ListUsers', 2],
    ['iam:ListUsers', 3],
  ]);
});

test('MaxItems makes pages smaller, but never larger than the page size of the simulation', async () => {
  const users = ['a', 'b', 'c', 'd', 'e'].map((name) => user(name));
  const aws = await simulate({ bill: bill({ users }), inventoryPageSize: 3 });
  const sizeOf = async (MaxItems: number) =>
    (await clients(aws).iam.send(new ListUsersCommand({ MaxItems }))).Users?.length;
  expect([await sizeOf(2), await sizeOf(100)]).toEqual([2, 3]);
});

test('PathPrefix selects', async () => {
  const users = [user('a', { path: '/team/x/' }), user('b'), user('c', { path: '/team/' })];
  const aws = await simulate({ bill: bill({ users }) });
  const { Users } = await clients(aws).iam.send(new ListUsersCommand({ PathPrefix: '/team/' }));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(['a', 'c']);
});

test('the answer for an account without users is an empty array', async () => {
  const aws = await simulate();
  expect(await clients(aws).iam.send(new ListUsersCommand({}))).toMatchObject({
    Users: [],
    IsTruncated: false,
  });
});

test('an unknown marker and a path without its slash are refused', async () => {
  const { iam } = clients(await simulate());
  await expect(iam.send(new ListUsersCommand({ Marker: 'mine' }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'expected a token of an earlier answer, got "mine"',
  });
  await expect(iam.send(new ListUsersCommand({ PathPrefix: 'team' }))).rejects.toThrow(
    'PathPrefix: expected a path that begins with /, got "team"',
  );
});
