import type {
  CostExplorerClient,
  GetCostAndUsageCommandInput,
  GetCostAndUsageCommandOutput,
} from '@aws-sdk/client-cost-explorer';
import type { AwsAccess } from '../../lambdas/aws/access';

/** A query of a collector in the format of Cost Explorer. */
export type CostQuery = GetCostAndUsageCommandInput;

/** One page of an answer of Cost Explorer. */
export type CostAnswer = Omit<GetCostAndUsageCommandOutput, '$metadata'>;

/** Answers a query in place of Cost Explorer. */
export type Answerer = (query: CostQuery) => CostAnswer;

/** Returns access whose Cost Explorer sends nothing: each query receives the answer of the function. */
export function answeredBy(aws: AwsAccess, answer: Answerer): AwsAccess {
  return {
    ...aws,
    client(Client, options) {
      const client = aws.client(Client, options);
      client.middlewareStack.add(instead(answer) as never, BEFORE_ANYTHING_IS_SENT as never);
      return client;
    },
  };
}

const BEFORE_ANYTHING_IS_SENT = { step: 'initialize', priority: 'high', name: 'tollgateHistory' };

type Send = CostExplorerClient['send'];
type Middleware = (
  next: Send,
  context: { readonly commandName?: string },
) => (args: { readonly input: CostQuery }) => Promise<{ readonly output: CostAnswer }>;

function instead(answer: Answerer): Middleware {
  return (_next, { commandName }) =>
    async ({ input }) => {
      if (commandName === 'GetCostAndUsageCommand') return { output: answer(input) };
      throw new Error(`history: expected only GetCostAndUsageCommand, got ${commandName}`);
    };
}

/** Returns a string that is the same for two queries that differ only in their period and granularity. */
export function subjectOf({ GroupBy = [], Filter, Metrics }: CostQuery): string {
  return JSON.stringify([GroupBy, Filter, Metrics]);
}

/** Returns the period of a query. */
export function periodOf({ TimePeriod }: CostQuery): { readonly start: string; readonly end: string } {
  const { Start: start, End: end } = TimePeriod ?? {};
  if (start && end) return { start, end };
  throw new Error('history: expected a query with Start and End, got one without');
}
