import { COLLECTORS, type CollectorName } from '../lambdas/catalog/collectors';
import { COST_EXPLORER_REQUEST_USD } from '../lambdas/catalog/price';
import type { Settings } from './config';
import { terminalTable } from './terminal-table';

/** What a collector asks of Cost Explorer in a month of 31 days, and what that costs in USD. */
export interface MonthlyPrice {
  readonly collector: CollectorName;
  readonly runs: number;
  readonly queriesPerRun: number;
  /** The cap of one run, pages and retries included. */
  readonly maxRequestsPerRun: number;
  /** One page a query, every run right at once. */
  readonly leastUsd: number;
  /** The cap used up by every run and by its one automatic retry. */
  readonly mostUsd: number;
}

/** Automatic retries of a run: each pays its queries again. */
export const RETRY_ATTEMPTS = 1;

const DAYS = 31;

export function monthlyPrices(
  settings: Pick<Settings, 'hours' | 'maxRequests' | 'attribution'>,
): MonthlyPrice[] {
  return collectorNames().map((collector) => {
    const { costExplorerQueries, queriesPerRule } = COLLECTORS[collector];
    const queriesPerRun = costExplorerQueries + queriesPerRule * settings.attribution.length;
    const runs = new Set(settings.hours[collector]).size * DAYS;
    const maxRequestsPerRun = queriesPerRun === 0 ? 0 : settings.maxRequests;
    return {
      collector,
      runs,
      queriesPerRun,
      maxRequestsPerRun,
      leastUsd: queriesPerRun * runs * COST_EXPLORER_REQUEST_USD,
      mostUsd: maxRequestsPerRun * runs * (1 + RETRY_ATTEMPTS) * COST_EXPLORER_REQUEST_USD,
    };
  });
}

/** The prices as a table for a terminal, with their sum. */
export function priceTable(prices: readonly MonthlyPrice[]): string {
  const rows = prices.map((price) => [
    price.collector,
    String(price.runs),
    String(price.queriesPerRun),
    String(price.maxRequestsPerRun),
    dollars(price.leastUsd),
    dollars(price.mostUsd),
  ]);
  const total = (pick: (price: MonthlyPrice) => number) =>
    dollars(prices.reduce((sum, price) => sum + pick(price), 0));
  const sum = ['total', '', '', '', total(({ leastUsd }) => leastUsd), total(({ mostUsd }) => mostUsd)];
  return `${terminalTable([HEADER, ...rows, sum])}\n${NOTE}\n`;
}

export function collectorNames(): CollectorName[] {
  return Object.keys(COLLECTORS) as CollectorName[];
}

const HEADER = ['collector', 'runs/month', 'queries/run', 'max requests/run', 'USD/month least', 'most'];
const NOTE = `Cost Explorer, one account, 31 days. Least: one page a query. Most: every run and its ${RETRY_ATTEMPTS} retry at the cap (maxRequests).`;

function dollars(usd: number): string {
  return usd.toFixed(2);
}
