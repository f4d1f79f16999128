import { GetTagsCommand } from '@aws-sdk/client-cost-explorer';
import { ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { IamUser } from '../../../lib/local/bill/bill';
import { bill, clients, EVERYTHING, queryCosts, simulate, stopAll } from './simulation';

afterEach(stopAll);

const caller = (actions: readonly string[]) => [{ accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions }];

test('an action that the role does not allow is denied with AWS’s message', async () => {
  const aws = await simulate({ callers: caller(['iam:ListUsers']) });
  await expect(queryCosts(aws, {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::111122223333:assumed-role/collector/collector is not authorized to perform: ce:GetCostAndUsage on resource: * because no identity-based policy allows the ce:GetCostAndUsage action',
    $metadata: { httpStatusCode: 400 },
  });
  expect(aws.requests).toEqual([
    {
      caller: 'collector',
      action: 'ce:GetCostAndUsage',
      page: 1,
      status: 400,
      errorCode: 'AccessDeniedException',
    },
  ]);
});

test('IAM denies in its own format', async () => {
  const aws = await simulate({ callers: caller([]) });
  await expect(clients(aws).iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('not authorized to perform: iam:ListUsers'),
    $metadata: { httpStatusCode: 403 },
  });
});

test('an action that is denied to everybody is denied even if the role allows it', async () => {
  const aws = await simulate({ denied: ['tag:GetResources'] });
  await expect(clients(aws).tagging.send(new GetResourcesCommand({}))).rejects.toThrow(
    'tag:GetResources on resource: * with an explicit deny in a service control policy',
  );
  await expect(clients(aws).iam.send(new ListUsersCommand({}))).resolves.toBeDefined();
});

describe('an operation whose IAM action has another name', () => {
  const renamedActions = new Map([['iam:ListUsers', 'iam:ViewUsers']]);

  test('is allowed by that action', async () => {
    const aws = await simulate({ callers: caller(['iam:ViewUsers']), renamedActions });
    await expect(clients(aws).iam.send(new ListUsersCommand({}))).resolves.toBeDefined();
    expect(aws.requests).toMatchObject([{ action: 'iam:ListUsers', status: 200 }]);
  });

  test('is denied to a role that allows the name of the operation', async () => {
    const aws = await simulate({ callers: caller(['iam:ListUsers']), renamedActions });
    await expect(clients(aws).iam.send(new ListUsersCommand({}))).rejects.toThrow(
      'is not authorized to perform: iam:ViewUsers',
    );
  });

  test('is denied to everybody by that action', async () => {
    const actions = ['iam:ViewUsers'];
    const aws = await simulate({ callers: caller(actions), denied: actions, renamedActions });
    await expect(clients(aws).iam.send(new ListUsersCommand({}))).rejects.toThrow('explicit deny');
  });
});

test('each service refuses an unknown access key with its own message', async () => {
  const aws = await simulate();
  const { iam, secrets } = clients(aws, { accessKeyId: 'AKIANOBODY' });
  await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    $metadata: { httpStatusCode: 403 },
  });
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: 'x' }))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  });
  expect(aws.requests.map(({ caller }) => caller)).toEqual(['AKIANOBODY', 'AKIANOBODY']);
});

test('callers are distinguished by their access keys', async () => {
  const callers = [
    { accessKeyId: 'AKIA-one', name: 'one', actions: EVERYTHING },
    { accessKeyId: 'AKIA-two', name: 'two', actions: EVERYTHING },
  ];
  const aws = await simulate({ callers });
  for (const { accessKeyId } of callers)
    await clients(aws, { accessKeyId }).iam.send(new ListUsersCommand({}));
  expect(aws.requests.map(({ caller, status }) => [caller, status])).toEqual([
    ['one', 200],
    ['two', 200],
  ]);
});

test('an error names an operation that is not simulated, even for a role that may not call it', async () => {
  const aws = await simulate({ callers: caller([]) });
  const TimePeriod = { Start: '2026-03-01', End: '2026-03-02' };
  await expect(clients(aws).costExplorer.send(new GetTagsCommand({ TimePeriod }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(
      /^the simulated AWS expected one of account:ListRegions, aps:RemoteWrite, ce:GetCostAndUsage, .*, got ce:GetTags$/,
    ),
  });
  await expect(clients(aws).iam.send(new ListRolesCommand({}))).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining('got iam:ListRoles'),
  });
});

test('a request that no SDK sends is refused and recorded', async () => {
  const aws = await simulate();
  const response = await fetch(`${aws.url}/2015-03-31/functions`);
  expect([response.status, await response.json()]).toEqual([
    400,
    { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
  ]);
  expect(aws.requests[0]).toMatchObject({ caller: '', action: 'GET /2015-03-31/functions' });
});

test('a body that is not a JSON object is refused', async () => {
  const aws = await simulate();
  const headers = {
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIACOLLECTOR/20260315/eu-west-1/ce/aws4_request, …'.replace(
      '…',
      '',
    ),
    'x-amz-target': 'AWSInsightsIndexService.GetCostAndUsage',
  };
  const response = await fetch(aws.url, { method: 'POST', headers, body: '{' });
  expect([response.status, await response.json()]).toEqual([
    400,
    { __type: 'SerializationException', message: expect.stringContaining('expected a JSON object') },
  ]);
});

test('a defect of the simulation is answered with 500 and printed', async () => {
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const aws = await simulate({ bill: bill({ users: [{} as unknown as IamUser] }) });
  await expect(clients(aws).iam.send(new ListUsersCommand({}))).rejects.toMatchObject({
    name: 'ServiceFailureException',
    $metadata: { httpStatusCode: 500 },
  });
  expect(printed).toHaveBeenCalledWith('simulated AWS: defect:', expect.any(TypeError));
  printed.mockRestore();
});

test('the simulated AWS stops although clients keep their connections', async () => {
  const aws = await simulate();
  await clients(aws).iam.send(new ListUsersCommand({}));
  await aws.stop();
  await expect(fetch(aws.url)).rejects.toThrow();
});

test('the simulated AWS uses the given port, and reports when it is taken', async () => {
  const port = Number(new URL((await simulate()).url).port);
  await expect(simulate({ port })).rejects.toThrow('EADDRINUSE');
});

test.each([0, 1.5])('a page size of %p is refused', async (pageSize) => {
  await expect(simulate({ pageSize })).rejects.toThrow(
    `pageSize: expected a whole number from 1, got ${pageSize}`,
  );
});

test('an idle connection stays open, so that no retry meets one that is just closing', async () => {
  const { url } = await simulate({});
  const { headers } = await fetch(url, { method: 'POST', body: 'Action=ListUsers' });
  expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', null]);
});
