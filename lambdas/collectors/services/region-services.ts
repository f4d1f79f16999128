import { OTHER } from '../../catalog/metrics';
import { sumUsd, weightOf, ZERO_USD } from '../../domain/amounts';
import { type ChargePeriod, includesDay, periodEndSeconds } from '../../domain/charge-period';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { type Group, group } from '../../metrics/group';
import { groupBy } from '../../metrics/group-by';
import { type Sample, sample } from '../../metrics/sample';
import type { RegionDay, ServiceDay } from './port';

export interface RegionServiceCosts {
  readonly accountId: string;
  readonly region: string;
  readonly periods: Readonly<Record<PeriodName, ChargePeriod>>;
  readonly rows: readonly ServiceDay[];
  /** Asked for separately. */
  readonly totals: readonly RegionDay[];
  readonly maxSeries: number;
}

/** The Region's cost by service; the gaps say whether all days that were asked for add up to their separate total. */
export function regionServiceCosts(costs: RegionServiceCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const checks = checkSamples(labels, costs);
  const limit = Math.floor((costs.maxSeries - checks.length) / FIGURES.length);
  const samples = atMost(costs.rows, limit).flatMap((service) =>
    FIGURES.map(({ metric, period, amount }) => {
      const days = service.days.filter(({ day }) => includesDay(costs.periods[period], day));
      const usd = sumUsd(days.map((row) => row[amount]));
      return sample(metric, { ...labels, service: service.name }, usd.toNumber());
    }),
  );
  return group('Services_Cost', labels, [...samples, ...checks]);
}

type PeriodName = 'day' | 'window' | 'monthToDate';
type Amount = 'usd' | 'effectiveUsd';

/** What is told of each service. */
const FIGURES = [
  { metric: 'aws_service_billed_cost_usd', period: 'window', amount: 'usd' },
  { metric: 'aws_service_effective_cost_usd', period: 'window', amount: 'effectiveUsd' },
  { metric: 'aws_service_day_billed_cost_usd', period: 'day', amount: 'usd' },
  { metric: 'aws_service_day_effective_cost_usd', period: 'day', amount: 'effectiveUsd' },
  { metric: 'aws_service_month_to_date_billed_cost_usd', period: 'monthToDate', amount: 'usd' },
  { metric: 'aws_service_month_to_date_effective_cost_usd', period: 'monthToDate', amount: 'effectiveUsd' },
] as const;

interface Service {
  readonly name: string;
  readonly days: readonly ServiceDay[];
}

/** Returns at most `limit` services, the lightest aggregated into one. A service without any cost has no row. */
function atMost(rows: readonly ServiceDay[], limit: number): Service[] {
  const services = groupBy(rows, ({ service }) => ({ service }))
    .map(({ key, rows: days }) => ({ name: key.service, days }))
    .filter(({ days }) => days.some(hasCost));
  return aggregateRest(services, {
    limit,
    weight: ({ days }) => weightOf(days.flatMap(({ usd, effectiveUsd }) => [usd, effectiveUsd])),
    aggregate: (rest) => ({ name: OTHER, days: rest.flatMap(({ days }) => days) }),
  });
}

/** Usage that a reservation covers is billed 0 and still has an effective cost. */
export function hasCost({ usd, effectiveUsd }: RegionDay): boolean {
  return !usd.eq(ZERO_USD) || !effectiveUsd.eq(ZERO_USD);
}

type Labels = { readonly account_id: string; readonly region: string };
type CheckMetric = 'tollgate_breakdown_gap_usd' | 'tollgate_breakdown_period_end_timestamp_seconds';

/** Of billed and of effective cost. */
const CHECKS: readonly { readonly breakdown: string; readonly amount: Amount }[] = [
  { breakdown: 'service', amount: 'usd' },
  { breakdown: 'service_effective', amount: 'effectiveUsd' },
];

function checkSamples(labels: Labels, { rows, totals, periods }: RegionServiceCosts): Sample<CheckMetric>[] {
  return CHECKS.flatMap(({ breakdown, amount }) => {
    const sum = (some: readonly RegionDay[]) => sumUsd(some.map((row) => row[amount]));
    const check = { ...labels, breakdown };
    return [
      sample('tollgate_breakdown_gap_usd', check, sum(totals).minus(sum(rows)).toNumber()),
      sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(periods.window)),
    ];
  });
}
