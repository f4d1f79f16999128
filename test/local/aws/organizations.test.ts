import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { MEMBER_ID, organizationBill } from '../../support/bill';
import { ACCOUNT, bill, clients, EVERYTHING, simulate, stopAll } from './simulation';

afterEach(stopAll);

const member = [
  { accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: EVERYTHING, accountId: MEMBER_ID },
];

async function pagesOf(options: Parameters<typeof simulate>[0], MaxResults?: number) {
  const aws = await simulate(options);
  const pages = [];
  for await (const { Accounts = [] } of paginateListAccounts(
    { client: clients(aws).organizations },
    { MaxResults },
  ))
    pages.push(Accounts);
  return { pages, requests: aws.requests };
}

test.each([
  ['the management account', {}],
  ['a member', { callers: member }],
])('%s sees which account is the management account', async (_who, options) => {
  const aws = await simulate({ bill: organizationBill(), ...options });
  const { Organization } = await clients(aws).organizations.send(new DescribeOrganizationCommand({}));
  expect(Organization).toEqual({
    Id: 'o-exampleorgid',
    Arn: 'arn:aws:organizations::111122223333:organization/o-exampleorgid',
    FeatureSet: 'ALL',
    MasterAccountArn: 'arn:aws:organizations::111122223333:account/o-exampleorgid/111122223333',
    MasterAccountId: ACCOUNT,
    MasterAccountEmail: 'aws+111122223333@example.com',
  });
});

test('the SDK receives complete accounts, after an empty page', async () => {
  const { pages, requests } = await pagesOf({ bill: organizationBill() });
  const account = (Id: string) => ({
    Id,
    Arn: `arn:aws:organizations::111122223333:account/o-exampleorgid/${Id}`,
    Email: `aws+${Id}@example.com`,
    JoinedTimestamp: new Date('2024-01-02T03:04:05Z'),
  });
  const active = { Status: 'ACTIVE', State: 'ACTIVE' };
  expect(pages).toEqual([
    [],
    [
      { ...account(ACCOUNT), ...active, Name: 'Example Corp', JoinedMethod: 'INVITED' },
      { ...account(MEMBER_ID), ...active, Name: 'Sandbox', JoinedMethod: 'CREATED' },
      {
        ...account('999900001111'),
        Status: 'SUSPENDED',
        State: 'CLOSED',
        Name: 'Retired Lab',
        JoinedMethod: 'CREATED',
      },
    ],
  ]);
  expect(requests.map(({ action, page }) => [action, page])).toEqual([
    ['organizations:ListAccounts', 1],
    ['organizations:ListAccounts', 2],
  ]);
});

test.each([
  ['MaxResults', {}, 2],
  ['the simulation’s page size', { inventoryPageSize: 2 }, undefined],
])('%s makes pages smaller', async (_what, options, MaxResults) => {
  const { pages } = await pagesOf({ bill: organizationBill(), ...options }, MaxResults);
  expect(pages.map(({ length }) => length)).toEqual([0, 2, 1]);
});

test('a member may not list the accounts', async () => {
  const { organizations } = clients(await simulate({ bill: organizationBill(), callers: member }));
  await expect(organizations.send(new ListAccountsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: "You don't have permissions to access this resource.",
  });
});

test.each([
  ['DescribeOrganization', new DescribeOrganizationCommand({})],
  ['ListAccounts', new ListAccountsCommand({})],
])('outside an organization %s fails with the error that says so', async (_operation, command) => {
  const { organizations } = clients(await simulate({ bill: bill() }));
  await expect(organizations.send(command as ListAccountsCommand)).rejects.toMatchObject({
    name: 'AWSOrganizationsNotInUseException',
    message: 'Your account is not a member of an organization.',
  });
});

test('an unknown token and a page that is too large are refused', async () => {
  const { organizations } = clients(await simulate({ bill: organizationBill() }));
  await expect(organizations.send(new ListAccountsCommand({ NextToken: 'mine' }))).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: 'expected a token of an earlier answer, got "mine"',
  });
  await expect(organizations.send(new ListAccountsCommand({ MaxResults: 21 }))).rejects.toThrow(
    'MaxResults: expected a whole number from 1 to 20, got 21',
  );
});
