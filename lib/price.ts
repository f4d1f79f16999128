import { isOn } from '../lambdas/catalog/actions';
import {
  COLLECTORS,
  type CollectorDefinition,
  type CollectorName,
  catalogRow,
  type QueryDriver,
  type Switch,
} from '../lambdas/catalog/collectors';
import { hasLedger, LEDGER_UNITS } from '../lambdas/catalog/ledger';
import { COST_EXPLORER_REQUEST_USD, DYNAMODB_UNIT_USD } from '../lambdas/catalog/price';
import type { Settings } from '../lambdas/catalog/settings';
import { terminalTable } from './terminal-table';

/** A collector's billed requests in a month of 31 days, for all accounts together, and their price in USD. */
interface MonthlyPrice {
  readonly collector: CollectorName;
  readonly runs: number;
  readonly queriesPerRun: number;
  /** The most requests of one run for all its accounts, pages and retries included. */
  readonly maxRequestsPerRun: number;
  /** The price if each query has one page and no run is retried. */
  readonly leastUsd: number;
  /** The price if every run crashes after it used up its cap, and so do its automatic retries. */
  readonly mostUsd: number;
  /** The price of the ledger, in DynamoDB. */
  readonly ledgerUsd: number;
}

/** Returns the number of automatic retries of a failed run. After a crash, a retry pays its queries again. */
export function retriesOf(collector: string): number {
  return catalogRow(collector)?.retries ?? RETRY_ATTEMPTS;
}

const RETRY_ATTEMPTS = 1;

const DAYS = 31;

/** The settings that the price depends on. */
type PricedSettings = Pick<
  Settings,
  'hours' | 'maxRequests' | 'attribution' | 'projectUsageTypes' | Switch | 'members' | 'digest' | 'sinks'
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
      ledgerUsd: hasLedger(collector) ? runs * most * ledgerRunUsd(settings) : 0,
    };
  });
}

/** Returns the price of the ledger for one run in one account. */
function ledgerRunUsd({ sinks }: PricedSettings): number {
  const units = LEDGER_UNITS;
  const remoteWrites = sinks.filter(({ type }) => type === 'remote-write').length;
  const read = units.read + units.readPerSink * sinks.length + units.readPerRemoteWrite * remoteWrites;
  const write = units.write + units.writePerRemoteWrite * remoteWrites;
  return read * DYNAMODB_UNIT_USD.read + write * DYNAMODB_UNIT_USD.write;
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
  return `${terminalTable([HEADER, ...rows, sum])}\n${NOTE}\n${ledgerNote(prices)}\n`;
}

/** Returns a line of its own, because the amount would be 0.00 in the table. */
function ledgerNote(prices: readonly MonthlyPrice[]): string {
  const usd = 12 * prices.reduce((sum, { ledgerUsd }) => sum + ledgerUsd, 0);
  return `DynamoDB, for the ledger: about ${dollars(Math.max(usd, 0.01))} USD a year in us-east-1; storage below 25 GB is free.`;
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
const NOTE = `Cost Explorer, all accounts, 31 days. Least: one page per query. Most: every run crashes at the cap (maxRequests),
and its ${RETRY_ATTEMPTS} retry pays again. No retry pays for a complete account, or after a cap, a denial or an invalid amount.`;

function dollars(usd: number): string {
  return usd.toFixed(2);
}
