import Big from 'big.js';
import type { Bill, Charge } from '../../bill/bill';
import type { Grouping } from './grouping';
import { daysOf, type Period, split } from './periods';
import type { CostQuery } from './query';

/** The exact sum of some charges. */
export interface Group {
  /** In the order of GroupBy; empty for the sum of all. */
  readonly keys: readonly string[];
  readonly usd: Big;
}

export interface PeriodGroups {
  readonly period: Period;
  /** In the order in which the bill names them; without GroupBy the one sum of all. */
  readonly groups: readonly Group[];
}

/** Sums the charges that the query asks for, by its periods and groups. */
export type Ledger = (query: CostQuery) => readonly PeriodGroups[];

/** Answers each query once, and its following pages from memory: the bill does not change. */
export function ledger({ charges }: Bill): Ledger {
  const entries = entriesByDay(charges);
  const answers = new Map<string, readonly PeriodGroups[]>();
  return (query) => {
    const known = answers.get(query.id);
    if (known) return known;
    const sums = split(query.period, query.granularity).map((period) => {
      const ofPeriod = daysOf(period).flatMap((day) => entries.get(day) ?? []);
      return { period, groups: sumsOf(ofPeriod, query) };
    });
    answers.set(query.id, sums);
    return sums;
  };
}

/** A charge with its amount parsed once, not by every query. */
interface Entry {
  readonly charge: Charge;
  readonly usd: Big;
}

function entriesByDay(charges: readonly Charge[]): Map<string, Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const charge of charges) {
    const entry = { charge, usd: new Big(charge.usd) };
    const ofDay = days.get(charge.day);
    if (ofDay) ofDay.push(entry);
    else days.set(charge.day, [entry]);
  }
  return days;
}

const ZERO = new Big(0);

function sumsOf(entries: readonly Entry[], { filter, groupBy }: CostQuery): Group[] {
  const keysOf = keyReader(groupBy);
  const sums = new Map<string, { readonly keys: readonly string[]; usd: Big }>();
  if (groupBy.length === 0) sums.set('', { keys: [], usd: ZERO });
  for (const { charge, usd } of entries) {
    if (filter && !filter.matches(charge)) continue;
    const keys = keysOf(charge);
    const id = keys.join('\0');
    const sum = sums.get(id);
    if (sum) sum.usd = sum.usd.plus(usd);
    else sums.set(id, { keys, usd });
  }
  return [...sums.values()];
}

function keyReader(groupBy: readonly Grouping[]): (charge: Charge) => string[] {
  return (charge) => groupBy.map(({ keyOf }) => keyOf(charge));
}
