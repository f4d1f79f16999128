import Big from 'big.js';
import type { Delivery } from '../../lambdas/catalog/delivery';
import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import { formOf } from '../../lambdas/promql/forms';
import { noneOf, series } from '../../lambdas/promql/selector';
import { aggregate, apply, topk, type Vector } from '../../lambdas/promql/vector';
import type { SimulatedRequest } from './aws/server';
import type { Bill } from './bill/bill';
import type { Invocation } from './lambda';
import { type QueryResult, query } from './servers/prometheus';
import type { Server } from './servers/server';

/** The results of a round, as `summary.json` holds them: plain numbers and arrays. */
export interface Summary {
  readonly costExplorerQueries: number;
  /** Billed pages of answers at $0.01 each. */
  readonly costExplorerRequests: number;
  readonly costExplorerUsd: number;
  readonly awsRequests: number;
  /** Jobs in the Pushgateway, sorted. */
  readonly jobs: readonly string[];
  readonly series: number;
  readonly users: number;
  readonly regions: readonly string[];
  /** The sum of aws_user_billed_cost_usd in Prometheus. */
  readonly totalUsd: number;
  /** The sum of the bill in the same period. */
  readonly billUsd: number;
  readonly unattributedUsd: number;
  readonly otherUsd: number;
  /** The largest difference between each breakdown and its independent total. */
  readonly gapsUsd: Readonly<Record<string, number>>;
  readonly durationSeconds: number;
  /** The error of each failed function. */
  readonly failures: readonly string[];
}

/** A row of a cost table, in USD by Region. */
export interface CostRow {
  readonly name: string;
  readonly usd: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The data that arrived in Prometheus. */
export interface Arrived {
  readonly users: readonly CostRow[];
  readonly unattributed: CostRow;
  readonly other: CostRow;
  readonly resources: readonly QueryResult[];
  readonly jobs: readonly QueryResult[];
  /** Series by metric and job, for the profile that has other metric names. */
  readonly metrics: readonly QueryResult[];
  readonly gaps: readonly QueryResult[];
}

/** Queries everything that the summary needs. */
export async function readArrived(prometheus: Server, delivery: Delivery): Promise<Arrived> {
  const ask = ({ expr }: Vector) => query(prometheus, expr(delivery));
  const pushed = formOf(PUSHED, { at: 'evaluation' }, delivery).expr;
  const rows = costRows(await ask(series('aws_user_billed_cost_usd')));
  const row = (name: string) => rows.get(name) ?? { name, usd: new Map(), total: 0 };
  return {
    users: [...rows.values()]
      .filter(({ name }) => name !== UNATTRIBUTED && name !== OTHER)
      .sort((a, b) => b.total - a.total),
    unattributed: row(UNATTRIBUTED),
    other: row(OTHER),
    resources: await ask(topk(5, series('aws_user_resource_billed_cost_usd', { resource: NAMED }))),
    jobs: await query(prometheus, `count by (job) (${pushed})`),
    metrics: await query(prometheus, `count by (__name__, job) (${pushed})`),
    gaps: await ask(aggregate('max', apply('abs', series('tollgate_breakdown_gap_usd')), ['breakdown'])),
  };
}

const NAMED = noneOf([UNATTRIBUTED, OTHER]);

/** Selects everything in the gateway, except metrics about the gateway and Prometheus themselves. */
const PUSHED = '{job=~".+",job!="pushgateway",__name__!~"push_(time|failure_time)_seconds|up|scrape_.+"}';

interface RoundFacts {
  readonly bill: Bill;
  /** The charge period, `YYYY-MM-DD`; the end is exclusive. */
  readonly period: { readonly start: string; readonly end: string };
  readonly invocations: readonly Invocation[];
  readonly requests: readonly SimulatedRequest[];
  readonly durationSeconds: number;
}

/**
 * Returns the results of a round.
 * @param arrived Undefined if there is no Prometheus.
 */
export function summarise(
  { bill, period, invocations, requests, durationSeconds }: RoundFacts,
  arrived?: Arrived,
): Summary {
  const pages = requests.filter(({ action, status }) => action.startsWith('ce:') && status === 200);
  const costs = arrived ? [...arrived.users, arrived.unattributed, arrived.other] : [];
  return {
    costExplorerQueries: pages.filter(({ page }) => page === 1).length,
    costExplorerRequests: pages.length,
    costExplorerUsd: cents(pages.length * COST_EXPLORER_REQUEST_USD),
    awsRequests: requests.length,
    jobs: arrived?.jobs.map(({ labels }) => labels.job ?? '').sort() ?? [],
    series: arrived?.jobs.reduce((sum, { value }) => sum + value, 0) ?? 0,
    users: arrived?.users.length ?? 0,
    regions: [...new Set(costs.flatMap(({ usd }) => [...usd.keys()]))].sort(),
    totalUsd: cents(costs.reduce((sum, { total }) => sum + total, 0)),
    billUsd: cents(billTotal(bill, period)),
    unattributedUsd: cents(arrived?.unattributed.total ?? 0),
    otherUsd: cents(arrived?.other.total ?? 0),
    gapsUsd: Object.fromEntries(arrived?.gaps.map(({ labels, value }) => [labels.breakdown, value]) ?? []),
    durationSeconds,
    failures: invocations.flatMap(({ error }) => error?.errorMessage ?? []),
  };
}

function costRows(series: readonly QueryResult[]): Map<string, CostRow> {
  const rows = new Map<string, { name: string; usd: Map<string, number>; total: number }>();
  for (const { labels, value } of series) {
    const name = labels.user_name ?? '';
    const row = rows.get(name) ?? { name, usd: new Map<string, number>(), total: 0 };
    row.usd.set(labels.region ?? '', value);
    rows.set(name, { ...row, total: row.total + value });
  }
  return rows;
}

function billTotal({ charges }: Bill, { start, end }: RoundFacts['period']): number {
  const inPeriod = charges.filter(({ day }) => start <= day && day < end);
  return inPeriod.reduce((sum, { usd }) => sum.plus(usd), new Big(0)).toNumber();
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
