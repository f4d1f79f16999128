import { type CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { type CostQuery, costRows } from '../../../lambdas/aws/cost-explorer';

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

function ask(client: CostExplorerClient) {
  return costRows(client, QUERY, new AbortController().signal);
}

/** Returns a client that gives the answers in turn, and the page tokens that it receives. */
function answering(answers: readonly (object | Error)[]) {
  const tokens: (string | undefined)[] = [];
  const send = async ({ input }: GetCostAndUsageCommand) => {
    const answer = answers[tokens.length];
    tokens.push(input.NextPageToken);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: { send } as unknown as CostExplorerClient, tokens };
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
