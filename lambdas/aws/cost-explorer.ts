import type {
  CostExplorerClient,
  Expression,
  GetCostAndUsageCommand,
  GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  Group,
  GroupDefinition,
  ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import type { MetricName } from '../catalog/metrics';
import {
  type AmountText,
  type Cost,
  parseQuantity,
  parseUsd,
  type Quantity,
  type Usd,
} from '../domain/amounts';
import type { ChargePeriod, Granularity } from '../domain/charge-period';
import { wellFormed } from '../domain/well-formed';
import { AnswerError, listIn } from './answer-error';
import { answeredPeriods } from './answered-periods';
import { pagesOf } from './pages';

/** A Cost Explorer query: cost of a period by at most two keys, or one sum without a key. */
export interface CostQuery {
  /** The metric that needs the answer; errors name it. */
  readonly metric: MetricName;
  readonly period: ChargePeriod;
  /** MONTHLY returns the fewest rows, so the fewest billed pages. */
  readonly granularity: Granularity;
  readonly groupBy: readonly GroupDefinition[];
  /** @default no filter: every cost that the caller may see */
  readonly filter?: Expression;
  /** The command to send, passed in so that a bundle contains no other. Only GetCostAndUsageWithResources has RESOURCE_ID. */
  readonly Command: CostCommand;
}

/** One group of the answer, with its keys in the order of `groupBy`. */
interface Row {
  /** First day, `YYYY-MM-DD`. */
  readonly start: string;
  readonly keys: readonly string[];
  /** True while Cost Explorer marks the amounts as an estimate. */
  readonly estimated: boolean;
}

/** The requested metrics of Cost Explorer, and the function that reads a row's amounts from them. */
interface Amounts<A> {
  readonly metrics: readonly ('UnblendedCost' | 'AmortizedCost' | 'UsageQuantity')[];
  readonly read: (metrics: Readonly<Record<string, AmountText>>, what: string) => A;
}

type CostRow = Row & Cost;

const BILLED: Amounts<Cost> = {
  metrics: ['UnblendedCost'],
  read: ({ UnblendedCost = {} }, what) => ({ usd: parseUsd(UnblendedCost, `${what}, UnblendedCost`) }),
};

interface BilledAndEffective extends Cost {
  readonly effectiveUsd: Usd;
}

/** Reads billed and effective cost. */
export const BILLED_AND_EFFECTIVE: Amounts<BilledAndEffective> = {
  metrics: ['UnblendedCost', 'AmortizedCost'],
  read: ({ AmortizedCost = {}, ...rest }, what) => ({
    ...BILLED.read(rest, what),
    effectiveUsd: parseUsd(AmortizedCost, `${what}, AmortizedCost`),
  }),
};

interface Usage extends Cost {
  readonly quantity: Quantity;
}

/** Reads billed cost and the quantity of usage. */
export const USAGE: Amounts<Usage> = {
  metrics: ['UnblendedCost', 'UsageQuantity'],
  read: ({ UsageQuantity = {}, ...rest }, what) => ({
    ...BILLED.read(rest, what),
    quantity: parseQuantity(UsageQuantity, `${what}, UsageQuantity`),
  }),
};

/** Returns the billed cost by the keys of the query. */
export function costRows(
  client: CostExplorerClient,
  query: CostQuery,
  abortSignal: AbortSignal,
): Promise<CostRow[]> {
  return rowsOf(client, { ...query, amounts: BILLED }, abortSignal);
}

/**
 * Returns the rows of all pages; each page is one billed request. If Cost Explorer loses track of the pages, the query
 * starts once more from its first page.
 * @throws InvalidAmountError for an amount that cannot be read.
 * @throws AnswerError for an answer without the requested periods, groups or sums.
 */
export async function rowsOf<A>(
  client: CostExplorerClient,
  query: CostQuery & { readonly amounts: Amounts<A> },
  abortSignal: AbortSignal,
): Promise<(Row & A)[]> {
  try {
    return await allPages(client, query, abortSignal);
  } catch (error) {
    if (!LOST_TRACK.has((error as Error).name)) throw error;
    return allPages(client, query, abortSignal);
  }
}

const LOST_TRACK: ReadonlySet<string> = new Set(['InvalidNextTokenException', 'RequestChangedException']);

async function allPages<A>(
  client: CostExplorerClient,
  query: Query<A>,
  abortSignal: AbortSignal,
): Promise<(Row & A)[]> {
  const what = answerTo(query);
  const periods = answeredPeriods({ ...query, what, isGrouped: query.groupBy.length > 0 });
  const pages = pagesOf(what, {
    request: (NextPageToken) => request(client, query, { NextPageToken, abortSignal }),
    tokenOf: ({ NextPageToken }) => NextPageToken,
  });
  const rows: (Row & A)[] = [];
  for await (const { ResultsByTime } of pages) {
    const results = listIn(what, { ResultsByTime });
    periods.note(results);
    for (const result of results) for (const row of rowsIn(result, query)) rows.push(row);
  }
  periods.demandAll();
  return rows;
}

/** Returns the beginning of errors about the answer to a query. */
function answerTo({ metric }: CostQuery): string {
  return `${metric}: Cost Explorer`;
}

type Query<A> = CostQuery & { readonly amounts: Amounts<A> };

/** Returns the filter for cost without the tag. */
export function withoutTag(Key: string): Expression {
  return { Tags: { Key, MatchOptions: ['ABSENT'] } };
}

/** Returns the filter for a dimension that has one of the values. */
export function dimension(
  Key: 'LINKED_ACCOUNT' | 'REGION' | 'SERVICE',
  Values: readonly string[],
): Expression {
  return { Dimensions: { Key, Values: [...Values] } };
}

/** Returns the filter for the cost of one account, in the given Regions. Without it, a payer would see its whole organization. */
export function ofAccount(
  accountId: string,
  regions?: readonly string[],
  ...more: readonly Expression[]
): Expression {
  const account = dimension('LINKED_ACCOUNT', [accountId]);
  const others = [...(regions ? [dimension('REGION', regions)] : []), ...more];
  return others.length === 0 ? account : { And: [account, ...others] }; // AWS requires at least two operands
}

/**
 * Returns the value of a tag key in the format `Key$Value` of Cost Explorer. The value may contain a `$`; it is empty for
 * cost without the tag.
 * @throws Error for the key of another tag.
 */
export function tagValue(key: string, tag: string, metric: MetricName): string {
  if (!key.startsWith(`${tag}$`)) throw new Error(`${metric}: expected a group "${tag}$…", got "${key}"`);
  return key.slice(tag.length + 1);
}

function request<A>(
  client: CostExplorerClient,
  query: Query<A>,
  { NextPageToken, abortSignal }: { NextPageToken?: string; abortSignal: AbortSignal },
) {
  // Both commands have the same input and output.
  const Command = query.Command as typeof GetCostAndUsageCommand;
  return client.send(new Command({ ...input(query), NextPageToken }), { abortSignal });
}

type CostCommand = typeof GetCostAndUsageCommand | typeof GetCostAndUsageWithResourcesCommand;

function input<A>({ period, granularity, groupBy, filter, amounts }: Query<A>): GetCostAndUsageCommandInput {
  return {
    TimePeriod: { Start: period.start, End: period.end },
    Granularity: granularity,
    Metrics: [...amounts.metrics],
    ...(groupBy.length > 0 && { GroupBy: [...groupBy] }),
    ...(filter && { Filter: filter }),
  };
}

/** Returns the rows of one period, which `answeredPeriods` has checked. */
function rowsIn<A>({ TimePeriod, Estimated: estimated, ...result }: ResultByTime, query: Query<A>) {
  const { Start: start = '' } = TimePeriod ?? {};
  const what = `${answerTo(query)}, result from ${start}`;
  if (typeof estimated !== 'boolean')
    throw new AnswerError(`${what}: expected Estimated to be true or false, got ${estimated}`);
  return groupsIn(result, { query, what }).map((group) => ({
    start,
    estimated,
    ...amountsOf(group, start, query),
  }));
}

function groupsIn(
  { Groups, Total }: Pick<ResultByTime, 'Groups' | 'Total'>,
  { query, what }: { readonly query: CostQuery; readonly what: string },
): readonly Group[] {
  if (query.groupBy.length > 0) return listIn(what, { Groups });
  if (Total) return [{ Keys: [], Metrics: Total }];
  throw new AnswerError(`${what}: expected Total, got an answer without it`);
}

function amountsOf<A>(
  { Keys = [], Metrics = {} }: Group,
  start: string,
  { metric, period, groupBy, amounts }: Query<A>,
) {
  const group = Keys.length > 0 ? ` of ${Keys.join(', ')}` : '';
  const what = `${metric}: cost${group} from ${start} (period ${period.start} to ${period.end})`;
  if (Keys.length !== groupBy.length)
    throw new Error(`${what}: expected ${groupBy.length} keys, got ${Keys.length}`);
  return { keys: Keys.map(wellFormed), ...amounts.read(Metrics, what) };
}
