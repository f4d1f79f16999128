import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import type { Instance } from '../../../lib/local/bill/bill';
import { bill, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

function instance(instanceId: string, different: Partial<Instance> = {}): Instance {
  return { instanceId, region: 'eu-west-1', state: 'running', ...different };
}

test('the SDK receives complete instances, two of one reservation', async () => {
  const instanceProfileArn = 'arn:aws:iam::111122223333:instance-profile/a&b';
  const instances = [
    instance('i-0a', { instanceProfileArn }),
    instance('i-0b', { state: 'stopped' }),
    instance('i-0c', { state: 'terminated' }),
    instance('i-0d', { region: 'us-east-1' }),
  ];
  const { ec2 } = clients(await simulate({ bill: bill({ instances }) }));
  const { $metadata: _, ...answer } = await ec2.send(new DescribeInstancesCommand({}));
  expect(answer).toEqual({
    Reservations: [
      {
        ReservationId: 'r-0a',
        OwnerId: '111122223333',
        Instances: [
          {
            InstanceId: 'i-0a',
            State: { Code: 16, Name: 'running' },
            IamInstanceProfile: { Arn: instanceProfileArn, Id: 'AIPA0A' },
          },
          { InstanceId: 'i-0b', State: { Code: 80, Name: 'stopped' } },
        ],
      },
      {
        ReservationId: 'r-0c',
        OwnerId: '111122223333',
        Instances: [{ InstanceId: 'i-0c', State: { Code: 48, Name: 'terminated' } }],
      },
    ],
  });
});

/** Resolves with the ids on each page. */
async function idsOf(options: Parameters<typeof simulate>[0], input: DescribeInstancesCommandInput = {}) {
  const aws = await simulate(options);
  const pages = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: clients(aws).ec2 }, input))
    pages.push(Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId }) => InstanceId)));
  return { pages, requests: aws.requests };
}

test('the SDK’s paginator sees every instance of a Region once', async () => {
  const ids = ['i-0', 'i-1', 'i-2', 'i-3', 'i-4'];
  const { pages, requests } = await idsOf({
    bill: bill({ instances: ids.map((id) => instance(id)) }),
    inventoryPageSize: 3,
  });
  expect(pages).toEqual([
    ['i-0', 'i-1', 'i-2'],
    ['i-3', 'i-4'],
  ]);
  expect(requests.map(({ action, page }) => [action, page])).toEqual([
    ['ec2:DescribeInstances', 1],
    ['ec2:DescribeInstances', 2],
  ]);
});

test('a filter selects states, and MaxResults makes pages smaller', async () => {
  const instances = Array.from({ length: 7 }, (_, index) => instance(`i-${index}`));
  const others = [instance('i-stopped', { state: 'stopped' }), instance('i-gone', { state: 'terminated' })];
  const Filters = [{ Name: 'instance-state-name', Values: ['running', 'stopped'] }];
  const { pages } = await idsOf(
    { bill: bill({ instances: [...others, ...instances] }) },
    { Filters, MaxResults: 5 },
  );
  expect(pages).toEqual([
    ['i-stopped', 'i-0', 'i-1', 'i-2', 'i-3'],
    ['i-4', 'i-5', 'i-6'],
  ]);
});

test('the answer of a Region without instances is an empty array', async () => {
  const { pages } = await idsOf({});
  expect(pages).toEqual([[]]);
});

test.each<[string, DescribeInstancesCommandInput, string]>([
  [
    'another filter',
    { Filters: [{ Name: 'vpc-id', Values: ['vpc-0a'] }] },
    'Filter[0].Name: expected one of instance-state-name, got "vpc-id"',
  ],
  [
    'an id',
    { InstanceIds: ['i-0a'] },
    'InstanceId: expected only Filter, MaxResults, NextToken, got ["i-0a"]',
  ],
  ['a page too small', { MaxResults: 1 }, 'MaxResults: expected a whole number from 5 to 1000, got "1"'],
])('%s is refused in EC2’s own format, and the error names it', async (_what, input, message) => {
  const { ec2 } = clients(await simulate());
  await expect(ec2.send(new DescribeInstancesCommand(input))).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message,
    $metadata: { httpStatusCode: 400 },
  });
});

test('a denial, an unknown key and a throttled call have EC2’s own error names and statuses', async () => {
  const ask = async (
    options: Parameters<typeof simulate>[0],
    client?: Parameters<typeof clients>[1],
  ): Promise<unknown> => {
    const { ec2 } = clients(await simulate(options), client);
    return ec2.send(new DescribeInstancesCommand({}));
  };
  await expect(ask({ denied: ['ec2:DescribeInstances'] })).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining('not authorized to perform: ec2:DescribeInstances'),
    $metadata: { httpStatusCode: 403 },
  });
  await expect(ask({}, { accessKeyId: 'AKIANOBODY' })).rejects.toMatchObject({
    name: 'AuthFailure',
    $metadata: { httpStatusCode: 401 },
  });
  await expect(ask({ faults: [{ action: 'ec2:*', kind: 'throttle' }] })).rejects.toMatchObject({
    name: 'RequestLimitExceeded',
    $metadata: { httpStatusCode: 503 },
  });
});

test('a token of another Region is refused', async () => {
  const instances = ['i-0', 'i-1'].map((id) => instance(id));
  const aws = await simulate({ bill: bill({ instances }), inventoryPageSize: 1 });
  const { NextToken } = await clients(aws).ec2.send(new DescribeInstancesCommand({}));
  const { ec2 } = clients(aws, { region: 'us-east-1' });
  await expect(ec2.send(new DescribeInstancesCommand({ NextToken }))).rejects.toMatchObject({
    name: 'InvalidNextToken',
  });
});
