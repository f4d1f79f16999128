import {
  GetAccountAuthorizationDetailsCommand,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam';
import { roleOf } from '../../support/bill';
import { bill, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

const Filter = ['Role' as const];

const policyOf = (document = '') => JSON.parse(decodeURIComponent(document));

test('the SDK receives a complete role, with its last use, its profile and its trust policy', async () => {
  const lastUsed = { date: new Date('2026-03-01T02:03:04Z'), region: 'eu-west-1' };
  const instanceProfileArn = 'arn:aws:iam::111122223333:instance-profile/path/web';
  const web = roleOf('web', {
    path: '/path/',
    trustedServices: ['ec2.amazonaws.com', 'lambda.amazonaws.com'],
    lastUsed,
    instanceProfileArn,
  });
  const { iam } = clients(await simulate({ bill: bill({ roles: [web] }) }));
  const { $metadata: _, ...answer } = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter }));
  const AssumeRolePolicyDocument = answer.RoleDetailList?.[0]?.AssumeRolePolicyDocument;
  const named = {
    Path: '/path/',
    RoleName: 'web',
    RoleId: web.roleId,
    Arn: web.arn,
    CreateDate: web.createDate,
    AssumeRolePolicyDocument,
  };
  expect(answer).toEqual({
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    RoleDetailList: [
      {
        ...named,
        InstanceProfileList: [
          {
            Path: '/path/',
            InstanceProfileName: 'web',
            InstanceProfileId: 'AIPAWEB',
            Arn: instanceProfileArn,
            CreateDate: web.createDate,
            Roles: [named],
          },
        ],
        RolePolicyList: [],
        AttachedManagedPolicies: [],
        Tags: [],
        RoleLastUsed: { LastUsedDate: lastUsed.date, Region: 'eu-west-1' },
      },
    ],
    IsTruncated: false,
  });
  expect(AssumeRolePolicyDocument).toMatch(/^%7B%22Version%22/);
  expect(policyOf(AssumeRolePolicyDocument)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    ],
  });
});

test('one trusted service is a string, a given trust policy is sent unchanged, and an unused role has no last use', async () => {
  const trust = { Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } };
  const roles = [roleOf('worker'), roleOf('open', { trustedServices: [], trust })];
  const { iam } = clients(await simulate({ bill: bill({ roles }) }));
  const { RoleDetailList = [] } = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter }));
  const [worker, open] = RoleDetailList.map((role) => policyOf(role.AssumeRolePolicyDocument));
  expect(worker.Statement[0].Principal).toEqual({ Service: 'lambda.amazonaws.com' });
  expect(open).toEqual(trust);
  expect(RoleDetailList.map(({ RoleLastUsed }) => ({ ...RoleLastUsed }))).toEqual([{}, {}]);
});

test('the SDK’s paginator sees every role once', async () => {
  const names = Array.from({ length: 5 }, (_, index) => `role${index}`);
  const aws = await simulate({
    bill: bill({ roles: names.map((name) => roleOf(name)) }),
    inventoryPageSize: 2,
  });
  const pages = [];
  const paginator = paginateGetAccountAuthorizationDetails({ client: clients(aws).iam }, { Filter });
  for await (const { RoleDetailList = [], IsTruncated } of paginator)
    pages.push([RoleDetailList.map(({ RoleName }) => RoleName), IsTruncated]);
  expect(pages).toEqual([
    [['role0', 'role1'], true],
    [['role2', 'role3'], true],
    [['role4'], false],
  ]);
  expect(aws.requests.map(({ action, page }) => [action, page])).toEqual(
    [1, 2, 3].map((page) => ['iam:GetAccountAuthorizationDetails', page]),
  );
});

test('an error names a parameter that is not simulated', async () => {
  const { iam } = clients(await simulate());
  await expect(iam.send(new GetAccountAuthorizationDetailsCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Filter: expected an array, got nothing',
  });
  const users = new GetAccountAuthorizationDetailsCommand({ Filter: ['Role', 'User'] });
  await expect(iam.send(users)).rejects.toThrow('Filter[1]: expected one of Role, got "User"');
  const elsewhere = new GetAccountAuthorizationDetailsCommand({ Filter, Marker: 'mine' });
  await expect(iam.send(elsewhere)).rejects.toThrow('expected a token of an earlier answer, got "mine"');
});
