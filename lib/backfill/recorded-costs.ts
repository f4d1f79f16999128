import type { Group, MetricValue, ResultByTime } from '@aws-sdk/client-cost-explorer';
import Big from 'big.js';
import { type ChargePeriod, split } from '../../lambdas/domain/charge-period';
import { type Answerer, type CostQuery, periodOf, subjectOf } from './cost-queries';

/** A wide query by day, and the results of all pages of its answer. */
export interface Recorded {
  readonly query: CostQuery;
  readonly results: readonly ResultByTime[];
}

/**
 * Returns answers from recorded days, equal to those that Cost Explorer gives: a month is the exact sum of its days, cut at the
 * ends of the period, and is an estimate if one of its days is.
 */
export function recordedCosts(records: readonly Recorded[]): Answerer {
  const days = new Map(records.map(({ query, results }) => [subjectOf(query), byDay(results)]));
  const sums = new Map<string, ResultByTime>();
  return (query) => {
    const subject = subjectOf(query);
    const daysOf = (period: ChargePeriod) =>
      split(period, 'DAILY').map(({ start }) => dayIn(days.get(subject), start, subject));
    const monthOf = (part: ChargePeriod) => {
      const id = `${part.start} ${part.end} ${subject}`;
      const sum = sums.get(id) ?? { ...frameOf(part), ...sumOf(daysOf(part), query) };
      sums.set(id, sum);
      return sum;
    };
    const period = periodOf(query);
    return {
      ResultsByTime: query.Granularity === 'DAILY' ? daysOf(period) : split(period, 'MONTHLY').map(monthOf),
    };
  };
}

function frameOf({ start, end }: ChargePeriod): Pick<ResultByTime, 'TimePeriod'> {
  return { TimePeriod: { Start: start, End: end } };
}

function dayIn(
  recorded: ReadonlyMap<string, ResultByTime> | undefined,
  day: string,
  subject: string,
): ResultByTime {
  const result = recorded?.get(day);
  if (result) return result;
  throw new Error(`history: expected a recorded answer for ${day}, got none for the query ${subject}`);
}

/** Joins the groups of a day whose answer continues on the next page. */
function byDay(results: readonly ResultByTime[]): Map<string, ResultByTime> {
  const days = new Map<string, ResultByTime>();
  for (const result of results) {
    const day = result.TimePeriod?.Start ?? '';
    const known = days.get(day);
    const Groups = [...(known?.Groups ?? []), ...(result.Groups ?? [])];
    days.set(day, known ? { ...known, Groups } : result);
  }
  return days;
}

function sumOf(days: readonly ResultByTime[], { GroupBy = [] }: CostQuery): ResultByTime {
  const Estimated = days.some((day) => day.Estimated);
  return GroupBy.length > 0
    ? { Estimated, Total: {}, Groups: sumsByKeys(days.flatMap(({ Groups = [] }) => Groups)) }
    : { Estimated, Total: metricsOf(plusAll(days.map(({ Total = {} }) => Total))), Groups: [] };
}

function sumsByKeys(groups: readonly Group[]): Group[] {
  const sums = new Map<string, { readonly Keys: string[]; readonly sums: Sums }>();
  for (const { Keys = [], Metrics = {} } of groups) {
    const id = JSON.stringify(Keys);
    const known = sums.get(id) ?? { Keys, sums: new Map() };
    sums.set(id, known);
    add(known.sums, Metrics);
  }
  return [...sums.values()].map(({ Keys, sums }) => ({ Keys, Metrics: metricsOf(sums) }));
}

type Metrics = Readonly<Record<string, MetricValue>>;
/** The exact sum and the unit of each metric. */
type Sums = Map<string, { readonly amount: Big; readonly unit: string | undefined }>;

function plusAll(all: readonly Metrics[]): Sums {
  const sums: Sums = new Map();
  for (const metrics of all) add(sums, metrics);
  return sums;
}

function add(sums: Sums, metrics: Metrics): void {
  for (const [metric, { Amount, Unit }] of Object.entries(metrics)) {
    const amount = decimal(Amount, metric);
    const known = sums.get(metric);
    sums.set(metric, known ? plus(known, amount, Unit) : { amount, unit: Unit });
  }
}

function plus(
  sum: { readonly amount: Big; readonly unit: string | undefined },
  amount: Big,
  unit: string | undefined,
) {
  return { amount: sum.amount.plus(amount), unit: sum.unit === unit ? unit : MIXED };
}

/** The unit of a sum over several units in Cost Explorer. */
const MIXED = 'N/A';

function decimal(text: string | undefined, metric: string): Big {
  try {
    return new Big(text ?? '');
  } catch {
    throw new Error(`history: expected a decimal amount of ${metric}, got "${text ?? ''}"`);
  }
}

function metricsOf(sums: Sums): Record<string, MetricValue> {
  return Object.fromEntries(
    [...sums].map(([metric, { amount, unit }]) => [metric, { Amount: amount.toFixed(), Unit: unit }]),
  );
}
