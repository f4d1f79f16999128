import Big from 'big.js';
import type { Bill, Charge } from '../../bill/bill';
import type { Grouping } from './grouping';
import { COST_METRICS, type MetricName, nothing, plus, type Sum } from './metrics';
import { daysOf, type Period, split } from './periods';
import type { CostQuery } from './query';

/** Exact sums of a set of charges. */
export interface Group {
  /** Keys in the order of GroupBy; empty for the sum of all charges. */
  readonly keys: readonly string[];
  /** Sums in the order of Metrics. */
  readonly sums: ReadonlyMap<MetricName, Sum>;
}

/** The groups of one period. */
export interface PeriodGroups {
  readonly period: Period;
  /** Groups in the order of the bill; a single sum without GroupBy. */
  readonly groups: readonly Group[];
}

/** Sums the charges that match the query, by period and group. */
export type Ledger = (query: LedgerQuery) => readonly PeriodGroups[];

type LedgerQuery = Omit<CostQuery, 'token'>;

/** Gives each account a ledger; the management account's has the charges of all accounts. */
export function ledgers({ charges, organization }: Bill): (accountId: string) => Ledger {
  const known = new Map<string, Ledger>();
  return (accountId) => {
    const isManagement = accountId === organization?.managementAccountId;
    const own = known.get(accountId) ?? ledger(isManagement ? charges : ofAccount(charges, accountId));
    known.set(accountId, own);
    return own;
  };
}

function ofAccount(charges: readonly Charge[], accountId: string): Charge[] {
  return charges.filter((charge) => charge.accountId === accountId);
}

/** Computes each query once and serves its following pages from memory, because the bill does not change. */
function ledger(charges: readonly Charge[]): Ledger {
  const entries = entriesByDay(charges);
  const answers = new Map<string, readonly PeriodGroups[]>();
  return (query) => {
    const known = answers.get(query.id);
    if (known) return known;
    const sums = split(query.period, query.granularity).map((period) => {
      const ofPeriod = daysOf(period).flatMap((day) => entries.get(day) ?? []);
      return { period, groups: groupsOf(ofPeriod, query) };
    });
    answers.set(query.id, sums);
    return sums;
  };
}

/** A charge with its amounts already parsed, so that queries do not parse them again. */
interface Entry {
  readonly charge: Charge;
  readonly amounts: Partial<Record<MetricName, Sum>>;
}

function entriesByDay(charges: readonly Charge[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const charge of charges) {
    const entry = { charge, amounts: {} };
    const ofDay = days.get(charge.day);
    if (ofDay) ofDay.push(entry);
    else days.set(charge.day, [entry]);
  }
  return days;
}

function amountOf({ charge, amounts }: Entry, metric: MetricName): Sum {
  const { amountOf, unitOf } = COST_METRICS[metric];
  amounts[metric] ??= { amount: new Big(amountOf(charge)), unit: unitOf(charge) };
  return amounts[metric];
}

interface OpenGroup {
  readonly keys: readonly string[];
  readonly sums: Map<MetricName, Sum>;
}

function groupsOf(entries: readonly Entry[], { filter, groupBy, metrics }: LedgerQuery): Group[] {
  const keysOf = keyReader(groupBy);
  const groups = new Map<string, OpenGroup>();
  if (groupBy.length === 0) groups.set('', { keys: [], sums: new Map() });
  for (const entry of entries) {
    if (filter && !filter.matches(entry.charge)) continue;
    const keys = keysOf(entry.charge);
    const id = keys.join('\0');
    const group = groups.get(id) ?? { keys, sums: new Map() };
    groups.set(id, group);
    for (const metric of metrics)
      group.sums.set(metric, plus(group.sums.get(metric), amountOf(entry, metric)));
  }
  return [...groups.values()].map((group) => whole(group, metrics));
}

/** Adds the sums without charges, which are 0. */
function whole({ keys, sums }: OpenGroup, metrics: readonly MetricName[]): Group {
  return { keys, sums: new Map(metrics.map((metric) => [metric, sums.get(metric) ?? nothing(metric)])) };
}

function keyReader(groupBy: readonly Grouping[]): (charge: Charge) => string[] {
  return (charge) => groupBy.map(({ keyOf }) => keyOf(charge));
}
