import { isOn } from '../lambdas/catalog/actions';
import {
  COLLECTORS,
  type CollectorDefinition,
  type CollectorName,
  type QueryDriver,
  type Switch,
} from '../lambdas/catalog/collectors';
import { COST_EXPLORER_REQUEST_USD } from '../lambdas/catalog/price';
import type { Settings } from '../lambdas/catalog/settings';
import { terminalTable } from './terminal-table';

/** A collector's Cost Explorer requests in a month of 31 days, for all accounts together, and their price in USD. */
interface MonthlyPrice {
  readonly collector: CollectorName;
  readonly runs: number;
  readonly queriesPerRun: number;
  /** The most requests of one run for all its accounts, pages and retries included. */
  readonly maxRequestsPerRun: number;
  /** The price if each query has one page and no run is retried. */
  readonly leastUsd: number;
  /** The price if every run and its automatic retries use up the cap. */
  readonly mostUsd: number;
}

/** Returns the number of automatic retries of a failed run. Each retry pays its queries again. */
export function retriesOf(collector: CollectorName): number {
  const { retries }: CollectorDefinition = COLLECTORS[collector];
  return retries ?? RETRY_ATTEMPTS;
}

const RETRY_ATTEMPTS = 1;

const DAYS = 31;

/** The settings that the price depends on. */
type PricedSettings = Pick<
  Settings,
  'hours' | 'maxRequests' | 'attribution' | 'projectUsageTypes' | Switch | 'members' | 'digest'
>;

/** Returns the price of each deployed collector. */
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
    resourceServices: Number(isOn(settings.resourceServices)),
    roleCosts: Number(isOn(settings.roleCosts)),
  };
  const drivers = Object.entries(queriesPer) as [QueryDriver, number][];
  return drivers.reduce((sum, [driver, queries]) => sum + queries * items[driver], costExplorerQueries);
}

/** Returns the accounts that pay queries. In the management account, a collector that covers the organization needs one query for all. */
function accountsAsked(collector: CollectorName, { members = [] }: PricedSettings) {
  const { coversOrganization }: CollectorDefinition = COLLECTORS[collector];
  const all = 1 + members.length;
  return { least: coversOrganization ? 1 : all, most: all };
}

/** Returns the prices and their sum as a table for a terminal. */
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

/** Returns the collectors to deploy: all except those whose required setting is missing. */
export function deployedCollectors(settings: Pick<Settings, 'digest'>): CollectorName[] {
  const names = Object.keys(COLLECTORS) as CollectorName[];
  return names.filter((name) => {
    const { needs }: CollectorDefinition = COLLECTORS[name];
    return needs === undefined || settings[needs] !== undefined;
  });
}

const HEADER = ['collector', 'runs/month', 'queries/run', 'max requests/run', 'USD/month least', 'most'];
const NOTE = `Cost Explorer, all accounts, 31 days. Least: one page per query. Most: every run and its ${RETRY_ATTEMPTS} retry at the cap (maxRequests).`;

function dollars(usd: number): string {
  return usd.toFixed(2);
}
