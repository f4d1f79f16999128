import {
  type CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  type Group,
  type GroupDefinition,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import type { MetricName } from '../catalog/metrics';
import type { ChargePeriod } from './charge-period';
import { parseUsd, type Usd } from './usd';

/** One question to Cost Explorer: billed cost of a period, by one or two keys. */
export interface CostQuery {
  /** The metric that the answer is for: named when an amount cannot be read. */
  readonly metric: MetricName;
  readonly period: ChargePeriod;
  /** MONTHLY cuts the period at the edges of months: the fewest rows, hence the fewest billed pages. */
  readonly granularity: 'DAILY' | 'MONTHLY';
  readonly groupBy: readonly GroupDefinition[];
  readonly filter: Expression;
  /** Ask GetCostAndUsageWithResources, the only operation that knows RESOURCE_ID. */
  readonly withResources?: boolean;
}

/** One group of the answer: its keys in the order of `groupBy`, and its billed cost since `start`, `YYYY-MM-DD`. */
export interface CostRow {
  readonly start: string;
  readonly keys: readonly string[];
  readonly usd: Usd;
  /** Cost Explorer may still change it much. */
  readonly estimated: boolean;
}

/**
 * Every row of every page. A page is one billed request; an amount that cannot be read throws. Where Cost Explorer lost
 * track of the pages, what was read is dropped and the query is asked once more, from its first page.
 */
export async function costRows(
  client: CostExplorerClient,
  query: CostQuery,
  abortSignal: AbortSignal,
): Promise<CostRow[]> {
  try {
    return await allPages(client, query, abortSignal);
  } catch (error) {
    if (!LOST_TRACK.has((error as Error).name)) throw error;
    return allPages(client, query, abortSignal);
  }
}

const LOST_TRACK: ReadonlySet<string> = new Set(['InvalidNextTokenException', 'RequestChangedException']);

async function allPages(
  client: CostExplorerClient,
  query: CostQuery,
  abortSignal: AbortSignal,
): Promise<CostRow[]> {
  const rows: CostRow[] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await ask(client, query, { NextPageToken, abortSignal });
    for (const result of page.ResultsByTime ?? []) rows.push(...rowsOf(result, query));
    NextPageToken = page.NextPageToken;
  } while (NextPageToken);
  return rows;
}

/** All of the conditions; Cost Explorer wants exactly one operator at the root. */
export function allOf(...conditions: readonly Expression[]): Expression {
  const [first, ...rest] = conditions;
  if (!first) throw new RangeError('expected at least one condition, got none');
  return rest.length === 0 ? first : { And: [...conditions] };
}

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

function ask(
  client: CostExplorerClient,
  query: CostQuery,
  { NextPageToken, abortSignal }: { NextPageToken?: string; abortSignal: AbortSignal },
) {
  const request = { ...input(query), NextPageToken };
  return query.withResources
    ? client.send(new GetCostAndUsageWithResourcesCommand(request), { abortSignal })
    : client.send(new GetCostAndUsageCommand(request), { abortSignal });
}

function input({
  period,
  granularity,
  groupBy,
  filter,
}: CostQuery): GetCostAndUsageCommandInput & { Filter: Expression } {
  return {
    TimePeriod: { Start: period.start, End: period.end },
    Granularity: granularity,
    Metrics: ['UnblendedCost'],
    GroupBy: [...groupBy],
    Filter: filter,
  };
}

function rowsOf({ TimePeriod, Groups = [], Estimated = false }: ResultByTime, query: CostQuery): CostRow[] {
  const start = TimePeriod?.Start;
  if (!start)
    throw new Error(
      `${query.metric}: expected every result of Cost Explorer to have a TimePeriod.Start, got none`,
    );
  return Groups.map((group) => ({ start, estimated: Estimated, ...amountOf(group, start, query) }));
}

function amountOf({ Keys = [], Metrics }: Group, start: string, { metric, period, groupBy }: CostQuery) {
  const what = `${metric}: UnblendedCost of ${Keys.join(', ')} from ${start} (period ${period.start} to ${period.end})`;
  if (Keys.length !== groupBy.length)
    throw new Error(`${what}: expected ${groupBy.length} keys, got ${Keys.length}`);
  return { keys: Keys, usd: parseUsd(Metrics?.UnblendedCost ?? {}, what) };
}
