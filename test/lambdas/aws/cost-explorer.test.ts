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

const FIRST = { Start: '2026-03-01', End: '2026-03-02' };
const SECOND = { Start: '2026-03-02', End: '2026-03-03' };
const TWO_DAYS: CostQuery = { ...QUERY, period: { start: '2026-03-01', end: '2026-03-03' } };

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
    { TimePeriod: FIRST, Total: total, Groups: [], Estimated: true },
    { TimePeriod: SECOND, Total: total, Groups: [], Estimated: false },
  ];
  const { client, sent } = answering([{ ResultsByTime: results }]);
  const rows = await ask(client, { ...TWO_DAYS, groupBy: [] });
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

test('a day with an empty list of groups cost nothing', async () => {
  const { client } = answering([{ ResultsByTime: [result([])] }]);
  expect(await ask(client)).toEqual([]);
});

test('a day may continue on the next page, and the days may be spread over the pages', async () => {
  const second = { ...result(['RDS']), TimePeriod: SECOND };
  const { client } = answering([
    { ResultsByTime: [result(['EC2'])], NextPageToken: 'p2' },
    { ResultsByTime: [], NextPageToken: 'p3' },
    { ResultsByTime: [result(['S3']), second] },
  ]);
  const rows = await ask(client, TWO_DAYS);
  expect(rows.map(({ start, keys }) => [start, ...keys])).toEqual([
    ['2026-03-01', 'EC2'],
    ['2026-03-01', 'S3'],
    ['2026-03-02', 'RDS'],
  ]);
});

test('months are cut at the ends of the period', async () => {
  const months = [
    { Start: '2026-01-30', End: '2026-02-01' },
    { Start: '2026-02-01', End: '2026-03-01' },
    { Start: '2026-03-01', End: '2026-03-03' },
  ];
  const { client } = answering([
    { ResultsByTime: months.map((TimePeriod) => ({ ...result(['EC2']), TimePeriod })) },
  ]);
  const period = { start: '2026-01-30', end: '2026-03-03' };
  expect(await ask(client, { ...QUERY, granularity: 'MONTHLY', period })).toHaveLength(3);
});

test('an answer of many groups on one page is read', async () => {
  const services = Array.from({ length: 200_000 }, (_, i) => `service ${i}`);
  const { client } = answering([{ ResultsByTime: [result(services)] }]);
  expect(await ask(client)).toHaveLength(services.length);
});

const WHAT = 'aws_service_billed_cost_usd: Cost Explorer';

test.each<[string, readonly object[], string]>([
  ['no results', [{}], `${WHAT}: expected ResultsByTime, got an answer without it`],
  [
    'results that are no list',
    [{ ResultsByTime: 'none' }],
    `${WHAT}: expected ResultsByTime, got an answer without it`,
  ],
  [
    'no day',
    [{ ResultsByTime: [] }],
    `${WHAT}: expected a result for each requested day, got none for 2026-03-01 to 2026-03-02 and 1 more (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a day less, on two pages',
    [
      {
        ResultsByTime: [
          { TimePeriod: { Start: '2026-03-01', End: '2026-03-02' }, Groups: [], Estimated: false },
        ],
        NextPageToken: 'p2',
      },
      { ResultsByTime: [] },
    ],
    `${WHAT}: expected a result for each requested day, got none for 2026-03-02 to 2026-03-03 (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a day twice on a page',
    [
      {
        ResultsByTime: [1, 2].map(() => ({
          TimePeriod: { Start: '2026-03-01', End: '2026-03-02' },
          Groups: [],
          Estimated: false,
        })),
      },
    ],
    `${WHAT}: expected one result for 2026-03-01 to 2026-03-02, got two (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a day with a time',
    [{ ResultsByTime: [{ TimePeriod: { Start: '2026-03-01T00:00:00Z', End: '2026-03-02T00:00:00Z' } }] }],
    `${WHAT}: expected a result for one of the requested days, got 2026-03-01T00:00:00Z to 2026-03-02T00:00:00Z (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a day outside of the period',
    [{ ResultsByTime: [{ TimePeriod: { Start: '2026-03-03', End: '2026-03-04' } }] }],
    `${WHAT}: expected a result for one of the requested days, got 2026-03-03 to 2026-03-04 (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a result without a period',
    [{ ResultsByTime: [{}] }],
    `${WHAT}: expected a result for one of the requested days, got nothing to nothing (period 2026-03-01 to 2026-03-03)`,
  ],
  [
    'a page token that repeats',
    [
      { ResultsByTime: [], NextPageToken: 'p2' },
      { ResultsByTime: [], NextPageToken: 'p3' },
      { ResultsByTime: [], NextPageToken: 'p2' },
    ],
    `${WHAT}: expected another page token on each page, got one twice`,
  ],
])('an answer with %s is no answer', async (_, pages, message) => {
  const { client, tokens } = answering(pages);
  await expect(ask(client, TWO_DAYS)).rejects.toThrow(
    expect.objectContaining({ name: 'AnswerError', message }),
  );
  expect(tokens).toHaveLength(pages.length);
});

test('a sum of one day on two pages is no answer, because it would count twice', async () => {
  const pages = [{ ...sumOf(AMOUNTS), NextPageToken: 'p2' }, sumOf(AMOUNTS)];
  await expect(sumIn(answering(pages).client, USAGE)).rejects.toThrow('expected one result for 2026-03-01');
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
    'a day without groups',
    { Groups: undefined },
    `${WHAT}, result from 2026-03-01: expected Groups, got an answer without it`,
  ],
  [
    'a day that does not say whether it is an estimate',
    { Estimated: undefined },
    `${WHAT}, result from 2026-03-01: expected Estimated to be true or false, got undefined`,
  ],
  [
    'a group without amounts',
    { Groups: [{ Keys: ['EC2'] }] },
    'aws_service_billed_cost_usd: cost of EC2 from 2026-03-01 (period 2026-03-01 to 2026-03-02), UnblendedCost: expected a decimal amount in USD, got "" without a currency',
  ],
  [
    'a group with a key too many',
    { Groups: [{ Keys: ['EC2', 'S3'] }] },
    'aws_service_billed_cost_usd: cost of EC2, S3 from 2026-03-01 (period 2026-03-01 to 2026-03-02): expected 1 keys, got 2',
  ],
  [
    'a group without keys',
    { Groups: [{}] },
    'aws_service_billed_cost_usd: cost from 2026-03-01 (period 2026-03-01 to 2026-03-02): expected 1 keys, got 0',
  ],
])('%s is an error that names the metric and the period', async (_, different, message) => {
  const { client } = answering([{ ResultsByTime: [{ ...result([]), ...different }] }]);
  await expect(ask(client)).rejects.toThrow(new Error(message));
});

test('a sum without Total is no answer', async () => {
  const { client } = answering([{ ResultsByTime: [result([])] }]);
  await expect(sumIn(client, USAGE)).rejects.toThrow(
    `${WHAT}, result from 2026-03-01: expected Total, got an answer without it`,
  );
});

test('lone surrogates in keys become U+FFFD, as in the gateway', async () => {
  const { client } = answering([{ ResultsByTime: [result(['a\ud800', 'a\ud801', '😀'])] }]);
  const rows = await ask(client);
  expect(rows.map(({ keys: [key] }) => key)).toEqual(['a\ufffd', 'a\ufffd', '😀']);
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
  return { ResultsByTime: [{ TimePeriod: FIRST, Total, Estimated: false }] };
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
  return { NextPageToken, ResultsByTime: [result([service])] };
}

/** Returns the result for the first of March, with one group for each service. */
function result(services: readonly string[]) {
  const Metrics = { UnblendedCost: { Amount: '1.5', Unit: 'USD' } };
  return {
    TimePeriod: FIRST,
    Groups: services.map((service) => ({ Keys: [service], Metrics })),
    Estimated: false,
  };
}

function lost(name: string): Error {
  return Object.assign(new Error('pages are gone'), { name });
}
