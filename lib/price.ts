import {
  COLLECTORS,
  type CollectorDefinition,
  type CollectorName,
  type QueryDriver,
} from '../lambdas/catalog/collectors';
import { COST_EXPLORER_REQUEST_USD } from '../lambdas/catalog/price';
import type { Settings } from '../lambdas/catalog/settings';
import { terminalTable } from './terminal-table';

/** What a collector asks of Cost Explorer in a month of 31 days, all accounts together, and what that costs in USD. */
export interface MonthlyPrice {
  readonly collector: CollectorName;
  readonly runs: number;
  readonly queriesPerRun: number;
  /** The cap of one run, pages and retries included, of all its accounts. */
  readonly maxRequestsPerRun: number;
  /** One page a query, every run right at once. */
  readonly leastUsd: number;
  /** The cap used up by every run and by its one automatic retry. */
  readonly mostUsd: number;
}

/** Automatic retries of a run: each pays its queries again. */
export function retriesOf(collector: CollectorName): number {
  const { retries }: CollectorDefinition = COLLECTORS[collector];
  return retries ?? RETRY_ATTEMPTS;
}

const RETRY_ATTEMPTS = 1;

const DAYS = 31;

export type PricedSettings = Pick<
  Settings,
  'hours' | 'maxRequests' | 'attribution' | 'projectUsageTypes' | 'roleCosts' | 'members' | 'digest'
>;

export function monthlyPrices(settings: PricedSettings): MonthlyPrice[] {
  return deployedCollectors(settings).map((collector) => {
    const runs = new Set(settings.hours[collector]).size * DAYS;
    const { least, most } = accountsAsked(collector, settings);
    const queriesPerRun = queriesPerAccount(collector, settings) * least;
    const maxRequestsPerRun = queriesPerRun === 0 ? 0 : settings.maxRequests * most;
    return {
      collector,
      runs,
      queriesPerRun,
      maxRequestsPerRun,
      leastUsd: queriesPerRun * runs * COST_EXPLORER_REQUEST_USD,
      mostUsd: maxRequestsPerRun * runs * (1 + retriesOf(collector)) * COST_EXPLORER_REQUEST_USD,
    };
  });
}

function queriesPerAccount(collector: CollectorName, settings: PricedSettings): number {
  const { costExplorerQueries, queriesPer }: CollectorDefinition = COLLECTORS[collector];
  const items: Readonly<Record<QueryDriver, number>> = {
    attribution: settings.attribution.length,
    projectUsageTypes: settings.projectUsageTypes.length,
    roleCosts: settings.roleCosts ? 1 : 0,
  };
  const drivers = Object.entries(queriesPer) as [QueryDriver, number][];
  return drivers.reduce((sum, [driver, queries]) => sum + queries * items[driver], costExplorerQueries);
}

/** Where this account manages the organization, one answer of a collector that covers it is for all; else each pays its own. */
function accountsAsked(collector: CollectorName, { members = [] }: PricedSettings) {
  const { coversOrganization }: CollectorDefinition = COLLECTORS[collector];
  const all = 1 + members.length;
  return { least: coversOrganization ? 1 : all, most: all };
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

/** Returns a problem for each collector whose queries exceed the cap of a run: it could never be complete. */
export function capProblems(settings: PricedSettings): string[] {
  return deployedCollectors(settings)
    .map((collector) => ({ collector, queries: queriesPerAccount(collector, settings) }))
    .filter(({ queries }) => queries > settings.maxRequests)
    .map(
      ({ collector, queries }) =>
        `maxRequests: expected at least ${queries}, the queries of one run of ${collector}, got ${settings.maxRequests}`,
    );
}

/** Those that need a setting only where it is given. */
export function deployedCollectors(settings: Pick<Settings, 'digest'>): CollectorName[] {
  const names = Object.keys(COLLECTORS) as CollectorName[];
  return names.filter((name) => {
    const { needs }: CollectorDefinition = COLLECTORS[name];
    return needs === undefined || settings[needs] !== undefined;
  });
}

const HEADER = ['collector', 'runs/month', 'queries/run', 'max requests/run', 'USD/month least', 'most'];
const NOTE = `Cost Explorer, all accounts, 31 days. Least: one page a query. Most: every run and its ${RETRY_ATTEMPTS} retry at the cap (maxRequests).`;

function dollars(usd: number): string {
  return usd.toFixed(2);
}
