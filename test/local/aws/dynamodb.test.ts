import {
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { LEDGER_ACTIONS } from '../../../lambdas/catalog/ledger';
import type { LedgerItems } from '../../../lib/local/aws/dynamodb/item';
import type { SimulatedAwsOptions } from '../../../lib/local/aws/server';
import { billOf, MEMBER_ID } from '../../support/bill';
import { ACCOUNT, clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

const TABLE = 'Ledger';
const TABLE_ARN = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${TABLE}`;

async function client(options: Partial<SimulatedAwsOptions> = {}): Promise<DynamoDBClient> {
  return clients(await simulate(options)).dynamodb;
}

const item = (name: string, version = '1', data = '{}') => ({
  account: { S: ACCOUNT },
  item: { S: name },
  version: { S: version },
  data: { S: data },
});

const key = (name: string) => ({ account: { S: ACCOUNT }, item: { S: name } });

const IF_NEW = {
  ConditionExpression: 'attribute_not_exists(#version)',
  ExpressionAttributeNames: { '#version': 'version' },
};

const ifVersion = (version: string) => ({
  ConditionExpression: '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':version': { S: version } },
});

function put(dynamodb: DynamoDBClient, name: string, others: Partial<PutItemCommandInput> = {}) {
  return dynamodb.send(new PutItemCommand({ TableName: TABLE, Item: item(name), ...IF_NEW, ...others }));
}

function get(dynamodb: DynamoDBClient, name: string) {
  return dynamodb.send(new GetItemCommand({ TableName: TABLE, Key: key(name), ConsistentRead: true }));
}

function query(dynamodb: DynamoDBClient, others: Partial<QueryCommandInput> = {}) {
  return dynamodb.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: '#account = :account',
      ExpressionAttributeNames: { '#account': 'account' },
      ExpressionAttributeValues: { ':account': { S: ACCOUNT } },
      ConsistentRead: true,
      ...others,
    }),
  );
}

function batch(dynamodb: DynamoDBClient, requests: WriteRequest[], table = TABLE) {
  return dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
}

const putOf = (name: string): WriteRequest => ({ PutRequest: { Item: item(name) } });
const deleteOf = (name: string): WriteRequest => ({ DeleteRequest: { Key: key(name) } });

/** Resolves with the items of every page, and the number of pages. */
async function pagesOf(dynamodb: DynamoDBClient) {
  const names: string[][] = [];
  let ExclusiveStartKey: QueryCommandInput['ExclusiveStartKey'];
  do {
    const { Items = [], LastEvaluatedKey } = await query(dynamodb, { ExclusiveStartKey });
    names.push(Items.map(({ item: name }) => name?.S ?? ''));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return names;
}

test('an item that was put is read by its key; another has no item', async () => {
  const dynamodb = await client();
  await put(dynamodb, 'run#services');
  expect(await get(dynamodb, 'run#services')).toMatchObject({ Item: item('run#services') });
  expect((await get(dynamodb, 'run#tags')).Item).toBeUndefined();
});

test.each([
  ['a new item is written if it must be new', undefined, IF_NEW, true],
  ['an item that exists is kept if it must be new', '1', IF_NEW, false],
  ['an item is replaced if its version is the expected one', '1', ifVersion('1'), true],
  ['an item is kept if it has another version', '2', ifVersion('1'), false],
  ['an item that does not exist has no version', undefined, ifVersion('1'), false],
])('%s', async (_, existing, condition, isWritten) => {
  const dynamodb = await client();
  if (existing) await put(dynamodb, 'run', { Item: item('run', existing) });
  const written = put(dynamodb, 'run', { Item: item('run', 'new'), ...condition });
  if (isWritten) await written;
  else
    await expect(written).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400 },
    });
  expect((await get(dynamodb, 'run')).Item?.version?.S).toBe(isWritten ? 'new' : existing);
});

test('a query reads the items of one account in the order of their names’ bytes', async () => {
  const dynamodb = await client();
  for (const name of ['b', 'a', 'ä', 'B', '\u{1F600}', '\uFB01']) await put(dynamodb, name);
  await put(dynamodb, 'c', { Item: { ...item('c'), account: { S: '999900001111' } } });
  expect(await pagesOf(dynamodb)).toEqual([['B', 'a', 'b', 'ä', '\uFB01', '\u{1F600}']]);
  expect(await query(dynamodb)).toMatchObject({ Count: 6, ScannedCount: 6 });
});

test('a scan answers every item of every account, in pages', async () => {
  const callers = [
    { accessKeyId: 'AKIACOLLECTOR', name: 'person', actions: [...LEDGER_ACTIONS, 'dynamodb:Scan'] },
  ];
  const aws = await simulate({ ledger: { pageSize: 2 }, callers });
  const { dynamodb } = clients(aws);
  for (const name of ['a', 'b']) await put(dynamodb, name);
  await put(dynamodb, 'c', { Item: { ...item('c'), account: { S: '999900001111' } } });
  const scanned = async (ExclusiveStartKey?: ScanCommandInput['ExclusiveStartKey']) =>
    dynamodb.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true, ExclusiveStartKey }));
  const first = await scanned();
  const second = await scanned(first.LastEvaluatedKey);
  expect([first, second].map(({ Items = [] }) => Items.map((one) => one.item?.S))).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
  expect(second.LastEvaluatedKey).toBeUndefined();
});

test('a full page has a key to continue from, even if no item follows', async () => {
  const aws = await simulate({ ledger: { pageSize: 2 } });
  const { dynamodb } = clients(aws);
  for (const name of ['a', 'b', 'c', 'd']) await put(dynamodb, name);
  expect(await pagesOf(dynamodb)).toEqual([['a', 'b'], ['c', 'd'], []]);
  const queries = aws.requests.filter(({ action }) => action === 'dynamodb:Query');
  expect(queries.map(({ page }) => page)).toEqual([1, 2, 3]);
});

test('a page of a query holds at most 1 MB', async () => {
  const dynamodb = await client();
  for (const name of ['a', 'b', 'c', 'd'])
    await put(dynamodb, name, { Item: item(name, '1', 'x'.repeat(300_000)) });
  expect(await pagesOf(dynamodb)).toEqual([['a', 'b', 'c'], ['d']]);
});

test('a batch puts and deletes without conditions', async () => {
  const dynamodb = await client();
  await put(dynamodb, 'old');
  expect(await batch(dynamodb, [putOf('a'), putOf('b'), deleteOf('old'), deleteOf('never')])).toMatchObject({
    UnprocessedItems: {},
  });
  expect(await pagesOf(dynamodb)).toEqual([['a', 'b']]);
});

test('a batch may leave writes unprocessed, and returns them', async () => {
  const dynamodb = await client({ ledger: { batchSize: 1 } });
  const { UnprocessedItems } = await batch(dynamodb, [putOf('a'), putOf('b'), deleteOf('c')]);
  expect(UnprocessedItems).toEqual({ [TABLE]: [putOf('b'), deleteOf('c')] });
  expect(await pagesOf(dynamodb)).toEqual([['a']]);
});

test('simulated AWSs that share the items have one table', async () => {
  const items: LedgerItems = new Map();
  await put(await client({ ledger: { items } }), 'a');
  expect(await pagesOf(await client({ ledger: { items } }))).toEqual([['a']]);
  expect(await pagesOf(await client())).toEqual([[]]);
});

describe('a request that DynamoDB refuses is an error:', () => {
  test.each<[string, (dynamodb: DynamoDBClient) => Promise<unknown>, string]>([
    [
      'an empty key',
      (dynamodb) => put(dynamodb, ''),
      'The AttributeValue for a key attribute cannot contain an empty string value. Key: item',
    ],
    [
      'an item without its key',
      (dynamodb) => put(dynamodb, 'a', { Item: { account: { S: ACCOUNT } } }),
      'Missing the key item in the item',
    ],
    [
      'a long key',
      (dynamodb) => put(dynamodb, 'x'.repeat(1025)),
      'Size of key item has exceeded the maximum size limit of 1024 bytes',
    ],
    [
      'an item of more than 400 KB',
      (dynamodb) => put(dynamodb, 'a', { Item: item('a', '1', 'ä'.repeat(204_800)) }),
      'Item size has exceeded the maximum allowed size',
    ],
    [
      'a key with another attribute',
      (dynamodb) =>
        dynamodb.send(new GetItemCommand({ TableName: TABLE, Key: item('a'), ConsistentRead: true })),
      'The provided key element does not match the schema',
    ],
    [
      'an attribute that is not a string',
      (dynamodb) => put(dynamodb, 'a', { Item: { ...item('a'), data: { N: '1' } } }),
      'Item.data.N: expected only S, got "1"',
    ],
    [
      'an unknown condition',
      (dynamodb) => put(dynamodb, 'a', { ConditionExpression: '#version < :version' }),
      'ConditionExpression: expected one of attribute_not_exists(#version) | #version = :version, got "#version < :version"',
    ],
    [
      'a write without a condition',
      (dynamodb) => put(dynamodb, 'a', { ConditionExpression: undefined }),
      'ConditionExpression: expected a string, got nothing',
    ],
    [
      'a placeholder that the condition does not use',
      (dynamodb) => put(dynamodb, 'a', { ExpressionAttributeValues: { ':version': { S: '1' } } }),
      'ExpressionAttributeValues: expected no values, got :version',
    ],
    [
      'a placeholder without a value',
      (dynamodb) => put(dynamodb, 'a', { ...ifVersion('1'), ExpressionAttributeValues: undefined }),
      'ExpressionAttributeValues: expected an object, got nothing',
    ],
    [
      'a placeholder for another attribute',
      (dynamodb) => put(dynamodb, 'a', { ExpressionAttributeNames: { '#version': 'data' } }),
      'ExpressionAttributeNames: expected {"#version":"version"}, got {"#version":"data"}',
    ],
    [
      'a read that may be stale',
      (dynamodb) => query(dynamodb, { ConsistentRead: false }),
      'ConsistentRead: expected true, got false',
    ],
    [
      'a parameter that is not simulated',
      (dynamodb) => query(dynamodb, { Limit: 1 }),
      'Limit: expected only TableName, KeyConditionExpression,',
    ],
    [
      'a start of another account',
      (dynamodb) => query(dynamodb, { ExclusiveStartKey: { ...key('a'), account: { S: 'other' } } }),
      'The provided starting key is outside query boundaries based on provided conditions',
    ],
    [
      'a batch with one item twice',
      (dynamodb) => batch(dynamodb, [putOf('a'), deleteOf('a')]),
      'Provided list of item keys contains duplicates',
    ],
    [
      'a batch of 26 writes',
      (dynamodb) =>
        batch(
          dynamodb,
          Array.from({ length: 26 }, (_, i) => putOf(`item-${i}`)),
        ),
      'RequestItems.Ledger: expected at most 25 of them',
    ],
    ['an empty batch', (dynamodb) => batch(dynamodb, []), 'RequestItems.Ledger: expected at least 1 of them'],
    [
      'a batch without a table',
      (dynamodb) => dynamodb.send(new BatchWriteItemCommand({ RequestItems: {} })),
      'RequestItems: expected one table, got none',
    ],
  ])('%s', async (_, send, message) => {
    const dynamodb = await client();
    await expect(send(dynamodb)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('another table', async () => {
    const dynamodb = await client();
    const notFound = { name: 'ResourceNotFoundException', message: 'Requested resource not found' };
    await expect(query(dynamodb, { TableName: 'Other' })).rejects.toMatchObject(notFound);
    await expect(batch(dynamodb, [putOf('a')], 'Other')).rejects.toMatchObject(notFound);
  });

  test('the table of another account', async () => {
    const caller = { accessKeyId: 'AKIACOLLECTOR', name: 'member', accountId: MEMBER_ID };
    const bill = billOf({ members: 1 });
    const dynamodb = await client({ bill, callers: [{ ...caller, actions: LEDGER_ACTIONS }] });
    await expect(get(dynamodb, 'a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('an operation that is not simulated', async () => {
    const dynamodb = await client();
    await expect(dynamodb.send(new DescribeTableCommand({ TableName: TABLE }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('got dynamodb:DescribeTable'),
    });
  });

  test('a body of another protocol', async () => {
    const { url } = await simulate();
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=AKIACOLLECTOR/20260315/eu-west-1/dynamodb/aws4_request, ',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        'content-type': 'application/x-amz-json-1.1',
      },
      body: '{}',
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        __type: 'com.amazon.coral.service#SerializationException',
        message: 'expected the content type application/x-amz-json-1.0, got application/x-amz-json-1.1',
      },
    ]);
  });
});

describe('a role that names the table', () => {
  const callersOf = (resource: string) => [
    {
      accessKeyId: 'AKIACOLLECTOR',
      name: 'collector',
      actions: LEDGER_ACTIONS.map((action) => ({ action, resource })),
    },
  ];

  test('allows calls for that table', async () => {
    const dynamodb = await client({ callers: callersOf(TABLE_ARN) });
    await put(dynamodb, 'a');
    await batch(dynamodb, [putOf('b')]);
    expect(await pagesOf(dynamodb)).toEqual([['a', 'b']]);
  });

  test.each<[string, (dynamodb: DynamoDBClient) => Promise<unknown>]>([
    ['PutItem', (dynamodb) => put(dynamodb, 'a', { TableName: 'Other' })],
    ['BatchWriteItem', (dynamodb) => batch(dynamodb, [putOf('a')], 'Other')],
  ])('denies %s of another table', async (operation, send) => {
    const dynamodb = await client({ callers: callersOf(TABLE_ARN) });
    await expect(send(dynamodb)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/collector/collector is not authorized to perform: dynamodb:${operation} on resource: ${TABLE_ARN.replace(TABLE, 'Other')} because no identity-based policy allows the dynamodb:${operation} action`,
    });
  });

  test.each([
    ['another Region', TABLE_ARN.replace('eu-west-1', 'us-east-1')],
    ['another account', TABLE_ARN.replace(ACCOUNT, '999900001111')],
  ])('denies the table if the ARN has %s', async (_, resource) => {
    const dynamodb = await client({ callers: callersOf(resource) });
    await expect(get(dynamodb, 'a')).rejects.toThrow(`dynamodb:GetItem on resource: ${TABLE_ARN} because`);
  });
});

test.each([
  ['throttle', 'ProvisionedThroughputExceededException', 400],
  ['error-500', 'InternalServerError', 500],
] as const)('the fault %s has DynamoDB’s name', async (kind, name, httpStatusCode) => {
  const dynamodb = await client({ faults: [{ kind, action: 'dynamodb:*' }] });
  await expect(get(dynamodb, 'a')).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});
