import Big from 'big.js';
import type { Bill, Charge } from '../../lib/local/bill/bill';
import { addDays, firstOfMonth } from '../../lib/local/bill/day';

/** The days whose cost a metric has in the run of a day: from the first to the end, which is the day itself. */
type FirstDay = (day: string) => string;

const costWindow: FirstDay = (day) => addDays(day, -14);
const projectWindow: FirstDay = (day) => addDays(day, -30);
const lastDay: FirstDay = (day) => addDays(day, -1);
const monthToDate: FirstDay = (day) => `${lastDay(day).slice(0, 7)}-01`;

const thirteenMonths: FirstDay = (day) => firstOfMonth(lastDay(day), -12);

interface Truth {
  readonly since: FirstDay;
  /** @default the billed cost */
  readonly amount?: 'effectiveUsd';
}

/** The cost that the series of a metric add up to, whatever their labels; with the default settings. */
const TRUTHS: Readonly<Record<string, Truth>> = {
  aws_user_billed_cost_usd: { since: costWindow },
  aws_cost_attributed_usd: { since: costWindow },
  aws_region_day_billed_cost_usd: { since: (day) => addDays(day, -4) },
  aws_service_billed_cost_usd: { since: costWindow },
  aws_service_effective_cost_usd: { since: costWindow, amount: 'effectiveUsd' },
  aws_service_day_billed_cost_usd: { since: lastDay },
  aws_service_day_effective_cost_usd: { since: lastDay, amount: 'effectiveUsd' },
  aws_service_month_to_date_billed_cost_usd: { since: monthToDate },
  aws_service_month_to_date_effective_cost_usd: { since: monthToDate, amount: 'effectiveUsd' },
  aws_project_billed_cost_usd: { since: projectWindow },
  aws_project_service_billed_cost_usd: { since: projectWindow },
  aws_account_month_to_date_billed_cost_usd: { since: monthToDate },
  aws_account_month_billed_cost_usd: { since: thirteenMonths },
  aws_account_month_charge_billed_cost_usd: { since: thirteenMonths },
};

/** The metrics of money that are 0 on every day. */
const ZERO = ['tollgate_breakdown_gap_usd', 'tollgate_aggregated_usd'];

/** The difference between a history and its bill. */
export interface Comparison {
  /** Days, metric by metric, that were compared. */
  readonly compared: Readonly<Record<string, number>>;
  /** Each sum that differs from the bill by half a cent or more. */
  readonly differences: readonly string[];
}

/** Compares every metric of money on every day with the bill. */
export function compare(openMetrics: string, { charges }: Bill): Comparison {
  const totals = { usd: cumulated(charges, 'usd'), effectiveUsd: cumulated(charges, 'effectiveUsd') };
  const compared: Record<string, number> = {};
  const differences: string[] = [];
  for (const [metric, days] of sumsIn(openMetrics)) {
    compared[metric] = days.size;
    for (const [day, sum] of days) {
      const expected = ZERO.includes(metric) ? new Big(0) : truthOf(metric, day, totals);
      if (expected.minus(sum).abs().gte('0.005'))
        differences.push(`${day} ${metric}: ${sum} instead of ${expected}`);
    }
  }
  return { compared, differences };
}

type Totals = Readonly<Record<'usd' | 'effectiveUsd', (end: string) => Big>>;

function truthOf(metric: string, day: string, totals: Totals): Big {
  const truth = TRUTHS[metric];
  if (!truth) throw new Error(`expected a metric with a known truth, got ${metric}`);
  const total = totals[truth.amount ?? 'usd'];
  return total(day).minus(total(truth.since(day)));
}

/** Returns the cost of all days before a day. */
function cumulated(charges: readonly Charge[], amount: 'usd' | 'effectiveUsd'): (end: string) => Big {
  const days = new Map<string, Big>();
  for (const charge of charges)
    days.set(charge.day, (days.get(charge.day) ?? new Big(0)).plus(charge[amount]));
  const sorted = [...days.keys()].sort();
  let sum = new Big(0);
  const before = new Map<string, Big>();
  for (const day of sorted) {
    before.set(day, sum);
    sum = sum.plus(days.get(day) ?? 0);
  }
  const [first = ''] = sorted;
  return (end) => (end < first ? new Big(0) : (before.get(end) ?? sum));
}

const SAMPLE = /^(\w+_usd)\{.*\} (\S+) (\d+)$/;

/** Returns the sum of all series of each metric of money, by day. */
export function sumsIn(openMetrics: string): Map<string, Map<string, Big>> {
  const metrics = new Map<string, Map<string, Big>>();
  for (const line of openMetrics.split('\n')) {
    const [, metric, value = '', seconds] = SAMPLE.exec(line) ?? [];
    if (metric === undefined) continue;
    const days = metrics.get(metric) ?? new Map<string, Big>();
    metrics.set(metric, days);
    const day = new Date(Number(seconds) * 1000).toISOString();
    if (!day.endsWith('T00:00:00.000Z')) throw new Error(`expected a midnight, got ${line}`);
    days.set(day.slice(0, 10), (days.get(day.slice(0, 10)) ?? new Big(0)).plus(value));
  }
  return metrics;
}
