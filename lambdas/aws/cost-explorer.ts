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
import { type AmountText, parseQuantity, parseUsd, type Quantity, type Usd } from '../domain/amounts';
import type { ChargePeriod } from '../domain/charge-period';

/** One question to Cost Explorer about a period, by at most two keys; without a key, the one sum of all. */
export interface CostQuery {
  /** The metric that the answer is for: named when an amount cannot be read. */
  readonly metric: MetricName;
  readonly period: ChargePeriod;
  /** MONTHLY cuts the period at the edges of months: the fewest rows, hence the fewest billed pages. */
  readonly granularity: 'DAILY' | 'MONTHLY';
  readonly groupBy: readonly GroupDefinition[];
  /** @default everything that the caller may see */
  readonly filter?: Expression;
  /** GetCostAndUsage, or GetCostAndUsageWithResources, which alone knows RESOURCE_ID: a bundle holds only what it sends. */
  readonly Command: CostCommand;
}

/** One group of the answer: its keys in the order of `groupBy`, since `start`, `YYYY-MM-DD`. */
export interface Row {
  readonly start: string;
  readonly keys: readonly string[];
  /** Cost Explorer may still change it much. */
  readonly estimated: boolean;
}

/** Which metrics of Cost Explorer are asked for, and how a row's amounts are read from them. */
export interface Amounts<A> {
  readonly metrics: readonly ('UnblendedCost' | 'AmortizedCost' | 'UsageQuantity')[];
  readonly read: (metrics: Readonly<Record<string, AmountText>>, what: string) => A;
}

export interface Billed {
  readonly usd: Usd;
}
export type CostRow = Row & Billed;

const BILLED: Amounts<Billed> = {
  metrics: ['UnblendedCost'],
  read: ({ UnblendedCost = {} }, what) => ({ usd: parseUsd(UnblendedCost, `${what}, UnblendedCost`) }),
};

interface BilledAndEffective extends Billed {
  readonly effectiveUsd: Usd;
}

export const BILLED_AND_EFFECTIVE: Amounts<BilledAndEffective> = {
  metrics: ['UnblendedCost', 'AmortizedCost'],
  read: ({ AmortizedCost = {}, ...rest }, what) => ({
    ...BILLED.read(rest, what),
    effectiveUsd: parseUsd(AmortizedCost, `${what}, AmortizedCost`),
  }),
};

export interface Usage extends Billed {
  readonly quantity: Quantity;
}

export const USAGE: Amounts<Usage> = {
  metrics: ['UnblendedCost', 'UsageQuantity'],
  read: ({ UsageQuantity = {}, ...rest }, what) => ({
    ...BILLED.read(rest, what),
    quantity: parseQuantity(UsageQuantity, `${what}, UsageQuantity`),
  }),
};

/** Billed cost by the keys of the query: `rowsOf` with BILLED. */
export function costRows(
  client: CostExplorerClient,
  query: CostQuery,
  abortSignal: AbortSignal,
): Promise<CostRow[]> {
  return rowsOf(client, { ...query, amounts: BILLED }, abortSignal);
}

/**
 * Every row of every page. A page is one billed request; an amount that cannot be read throws. Where Cost Explorer lost
 * track of the pages, what was read is dropped and the query is asked once more, from its first page.
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
  query: Question<A>,
  abortSignal: AbortSignal,
): Promise<(Row & A)[]> {
  const rows: (Row & A)[] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await ask(client, query, { NextPageToken, abortSignal });
    for (const result of page.ResultsByTime ?? []) rows.push(...rowsIn(result, query));
    NextPageToken = page.NextPageToken;
  } while (NextPageToken);
  return rows;
}

type Question<A> = CostQuery & { readonly amounts: Amounts<A> };

/** What does not have the tag. */
export function withoutTag(Key: string): Expression {
  return { Tags: { Key, MatchOptions: ['ABSENT'] } };
}

/** A dimension that equals one of the values. */
export function dimension(
  Key: 'LINKED_ACCOUNT' | 'REGION' | 'SERVICE',
  Values: readonly string[],
): Expression {
  return { Dimensions: { Key, Values: [...Values] } };
}

/** What the account cost, in the Regions given. Without LINKED_ACCOUNT, a payer would be shown the sum of its organization. */
export function ofAccount(
  accountId: string,
  regions?: readonly string[],
  ...more: readonly Expression[]
): Expression {
  const account = dimension('LINKED_ACCOUNT', [accountId]);
  const others = [...(regions ? [dimension('REGION', regions)] : []), ...more];
  return others.length === 0 ? account : { And: [account, ...others] }; // AWS wants at least two operands
}

/**
 * Cost Explorer says `Key$Value`; the value may hold a `$` of its own, and is empty for what has no such tag.
 * @throws Error that names the metric when the key is another.
 */
export function tagValue(key: string, tag: string, metric: MetricName): string {
  if (!key.startsWith(`${tag}$`)) throw new Error(`${metric}: expected a group "${tag}$…", got "${key}"`);
  return key.slice(tag.length + 1);
}

function ask<A>(
  client: CostExplorerClient,
  query: Question<A>,
  { NextPageToken, abortSignal }: { NextPageToken?: string; abortSignal: AbortSignal },
) {
  // both commands take the same parameters and answer alike
  const Command = query.Command as typeof GetCostAndUsageCommand;
  return client.send(new Command({ ...input(query), NextPageToken }), { abortSignal });
}

type CostCommand = typeof GetCostAndUsageCommand | typeof GetCostAndUsageWithResourcesCommand;

function input<A>({
  period,
  granularity,
  groupBy,
  filter,
  amounts,
}: Question<A>): GetCostAndUsageCommandInput {
  return {
    TimePeriod: { Start: period.start, End: period.end },
    Granularity: granularity,
    Metrics: [...amounts.metrics],
    ...(groupBy.length > 0 && { GroupBy: [...groupBy] }),
    ...(filter && { Filter: filter }),
  };
}

function rowsIn<A>({ TimePeriod, Groups = [], Total, Estimated = false }: ResultByTime, query: Question<A>) {
  const start = TimePeriod?.Start;
  if (!start)
    throw new Error(
      `${query.metric}: expected every result of Cost Explorer to have a TimePeriod.Start, got none`,
    );
  const groups = query.groupBy.length > 0 ? Groups : [{ Keys: [], Metrics: Total }];
  return groups.map((group) => ({ start, estimated: Estimated, ...amountsOf(group, start, query) }));
}

function amountsOf<A>(
  { Keys = [], Metrics = {} }: Group,
  start: string,
  { metric, period, groupBy, amounts }: Question<A>,
) {
  const group = Keys.length > 0 ? ` of ${Keys.join(', ')}` : '';
  const what = `${metric}: cost${group} from ${start} (period ${period.start} to ${period.end})`;
  if (Keys.length !== groupBy.length)
    throw new Error(`${what}: expected ${groupBy.length} keys, got ${Keys.length}`);
  return { keys: Keys, ...amounts.read(Metrics, what) };
}
