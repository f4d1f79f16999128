import { type CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import {
  BILLED_AND_EFFECTIVE,
  type CostQuery,
  costRows,
  dimension,
  ofAccount,
  rowsOf,
  tagValue,
  USAGE,
  withoutTag,
} from '../../../lambdas/aws/cost-explorer';

const QUERY: CostQuery = {
  metric: 'aws_service_billed_cost_usd',
  Command: GetCostAndUsageCommand,
  period: { start: '2026-03-01', end: '2026-03-02' },
  granularity: 'DAILY',
  groupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
};

test.each(['InvalidNextTokenException', 'RequestChangedException'])(
  'after %s the query starts again at its first page, and no row counts twice',
  async (name) => {
    const { client, tokens } = answering([page('EC2', 'p2'), lost(name), page('EC2', 'p2'), page('S3')]);
    const rows = await ask(client);
    expect(rows.map(({ keys }) => keys)).toEqual([['EC2'], ['S3']]);
    expect(tokens).toEqual([undefined, 'p2', undefined, 'p2']);
  },
);

test('a query that loses its pages twice fails', async () => {
  const { client, tokens } = answering([
    page('EC2', 'p2'),
    lost('InvalidNextTokenException'),
    page('EC2', 'p2'),
    lost('InvalidNextTokenException'),
  ]);
  await expect(ask(client)).rejects.toThrow('pages are gone');
  expect(tokens).toHaveLength(4);
});

test('a query with any other error is not sent again', async () => {
  const { client, tokens } = answering([lost('ValidationException')]);
  await expect(ask(client)).rejects.toThrow('pages are gone');
  expect(tokens).toHaveLength(1);
});

test('a page without results has no rows', async () => {
  const { client } = answering([{}]);
  expect(await ask(client)).toEqual([]);
});

test('a request has the period, the metrics, the keys and the filter of its query, and the deadline of the run', async () => {
  const { client, sent } = answering([page('EC2')]);
  await ask(client, { ...QUERY, filter: ofAccount('111122223333') });
  expect(sent).toEqual([
    {
      input: {
        TimePeriod: { Start: '2026-03-01', End: '2026-03-02' },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
        GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }],
        Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['111122223333'] } },
      },
      abortSignal: DEADLINE,
    },
  ]);
});

test('a query without a key asks for one sum a day, without groups and filter', async () => {
  const total = { UnblendedCost: { Amount: '-2.5', Unit: 'USD' } };
  const results = [
    { TimePeriod: { Start: '2026-03-01' }, Total: total, Groups: [], Estimated: true },
    { TimePeriod: { Start: '2026-03-02' }, Total: total, Groups: [] },
  ];
  const { client, sent } = answering([{ ResultsByTime: results }]);
  const rows = await ask(client, { ...QUERY, groupBy: [] });
  expect(rows.map(({ usd, ...row }) => ({ ...row, usd: usd.toNumber() }))).toEqual([
    { start: '2026-03-01', keys: [], estimated: true, usd: -2.5 },
    { start: '2026-03-02', keys: [], estimated: false, usd: -2.5 },
  ]);
  expect(Object.keys(sent[0]?.input ?? {})).toEqual([
    'TimePeriod',
    'Granularity',
    'Metrics',
    'NextPageToken',
  ]);
});

test('a result without groups has no rows', async () => {
  const { client } = answering([{ ResultsByTime: [{ TimePeriod: { Start: '2026-03-01' } }] }]);
  expect(await ask(client)).toEqual([]);
});

const AMOUNTS = {
  UnblendedCost: { Amount: '1.5', Unit: 'USD' },
  AmortizedCost: { Amount: '0.25', Unit: 'USD' },
  UsageQuantity: { Amount: '24', Unit: 'Hrs' },
};

test('a query for effective cost reads both costs', async () => {
  const { client, sent } = answering([sumOf(AMOUNTS)]);
  const [row] = await sumIn(client, BILLED_AND_EFFECTIVE);
  expect([row?.usd.toNumber(), row?.effectiveUsd.toNumber()]).toEqual([1.5, 0.25]);
  expect(sent.map(({ input }) => input.Metrics)).toEqual([['UnblendedCost', 'AmortizedCost']]);
});

test('a query for usage reads the cost, and the quantity with its unit', async () => {
  const { client, sent } = answering([sumOf(AMOUNTS)]);
  const [row] = await sumIn(client, USAGE);
  expect([row?.usd.toNumber(), row?.quantity.amount.toNumber(), row?.quantity.unit]).toEqual([
    1.5,
    24,
    'Hrs',
  ]);
  expect(sent.map(({ input }) => input.Metrics)).toEqual([['UnblendedCost', 'UsageQuantity']]);
});

type Amounts<A> = Parameters<typeof rowsOf<A>>[1]['amounts'];

const SUM = 'aws_service_billed_cost_usd: cost from 2026-03-01 (period 2026-03-01 to 2026-03-02)';

test.each<[string, Amounts<unknown>, string]>([
  ['UnblendedCost', USAGE, 'expected a decimal amount in USD, got "" without a currency'],
  ['AmortizedCost', BILLED_AND_EFFECTIVE, 'expected a decimal amount in USD, got "" without a currency'],
  ['UsageQuantity', USAGE, 'expected a decimal quantity, got ""'],
])('a sum without its %s is an error that names it', async (name, amounts, problem) => {
  const { client } = answering([sumOf({ ...AMOUNTS, [name]: undefined })]);
  await expect(sumIn(client, amounts)).rejects.toThrow(new Error(`${SUM}, ${name}: ${problem}`));
});

test.each<[string, object, string]>([
  [
    'a day without its date',
    { Groups: [] },
    'aws_service_billed_cost_usd: expected every result of Cost Explorer to have a TimePeriod.Start, got none',
  ],
  [
    'a group without amounts',
    { TimePeriod: { Start: '2026-03-01' }, Groups: [{ Keys: ['EC2'] }] },
    'aws_service_billed_cost_usd: cost of EC2 from 2026-03-01 (period 2026-03-01 to 2026-03-02), UnblendedCost: expected a decimal amount in USD, got "" without a currency',
  ],
  [
    'a group with a key too many',
    { TimePeriod: { Start: '2026-03-01' }, Groups: [{ Keys: ['EC2', 'S3'] }] },
    'aws_service_billed_cost_usd: cost of EC2, S3 from 2026-03-01 (period 2026-03-01 to 2026-03-02): expected 1 keys, got 2',
  ],
  [
    'a group without keys',
    { TimePeriod: { Start: '2026-03-01' }, Groups: [{}] },
    'aws_service_billed_cost_usd: cost from 2026-03-01 (period 2026-03-01 to 2026-03-02): expected 1 keys, got 0',
  ],
])('%s is an error that names the metric and the period', async (_, result, message) => {
  const { client } = answering([{ ResultsByTime: [result] }]);
  await expect(ask(client)).rejects.toThrow(new Error(message));
});

test('the filter for an account takes Regions and more, and joins two or more with And', () => {
  const account = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['111122223333'] } };
  const regions = { Dimensions: { Key: 'REGION', Values: ['eu-west-1', 'global'] } };
  const services = dimension('SERVICE', ['Amazon Simple Storage Service']);
  const untagged = withoutTag('Owner');
  expect(services).toEqual({ Dimensions: { Key: 'SERVICE', Values: ['Amazon Simple Storage Service'] } });
  expect(untagged).toEqual({ Tags: { Key: 'Owner', MatchOptions: ['ABSENT'] } });
  expect(ofAccount('111122223333')).toEqual(account);
  expect(ofAccount('111122223333', ['eu-west-1', 'global'])).toEqual({ And: [account, regions] });
  expect(ofAccount('111122223333', undefined, services)).toEqual({ And: [account, services] });
  expect(ofAccount('111122223333', ['eu-west-1', 'global'], services, untagged)).toEqual({
    And: [account, regions, services, untagged],
  });
});

test('the value of a tag may be empty and contain a dollar sign; the key of another tag is an error', () => {
  const value = (key: string) => tagValue(key, 'Owner', 'aws_user_billed_cost_usd');
  expect(['Owner$', 'Owner$alice', 'Owner$a$b'].map(value)).toEqual(['', 'alice', 'a$b']);
  expect(() => value('Owner2$alice')).toThrow(
    new Error('aws_user_billed_cost_usd: expected a group "Owner$…", got "Owner2$alice"'),
  );
});

const DEADLINE = new AbortController().signal;

function ask(client: CostExplorerClient, query = QUERY) {
  return costRows(client, query, DEADLINE);
}

/** Requests one sum without keys. */
function sumIn<A>(client: CostExplorerClient, amounts: Amounts<A>) {
  return rowsOf<A>(client, { ...QUERY, groupBy: [], amounts }, DEADLINE);
}

function sumOf(Total: object) {
  return { ResultsByTime: [{ TimePeriod: { Start: '2026-03-01' }, Total }] };
}

interface Sent {
  readonly input: GetCostAndUsageCommand['input'];
  readonly abortSignal: AbortSignal;
}

/** Returns a client that gives one answer after another, with what it was sent and the page tokens of that. */
function answering(answers: readonly (object | Error)[]) {
  const sent: Sent[] = [];
  const tokens: (string | undefined)[] = [];
  const send = async (
    { input }: GetCostAndUsageCommand,
    { abortSignal }: { readonly abortSignal: AbortSignal },
  ) => {
    const answer = answers[tokens.length];
    sent.push({ input, abortSignal });
    tokens.push(input.NextPageToken);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: { send } as unknown as CostExplorerClient, sent, tokens };
}

function page(service: string, NextPageToken?: string) {
  const Metrics = { UnblendedCost: { Amount: '1.5', Unit: 'USD' } };
  return {
    NextPageToken,
    ResultsByTime: [
      { TimePeriod: { Start: '2026-03-01', End: '2026-03-02' }, Groups: [{ Keys: [service], Metrics }] },
    ],
  };
}

function lost(name: string): Error {
  return Object.assign(new Error('pages are gone'), { name });
}
