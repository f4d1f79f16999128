import { OTHER } from '../../catalog/metrics';
import { sumUsd, type Usd, weightOf, ZERO_USD } from '../../domain/amounts';
import { type ChargePeriod, includesDay } from '../../domain/charge-period';
import { aggregateRest } from '../../metrics/aggregate-rest';
import { aggregatedCosts, SERIES_A_LIST } from '../../metrics/aggregated-samples';
import { checkSamples } from '../../metrics/check-samples';
import { type Group, group } from '../../metrics/group';
import { groupBy } from '../../metrics/group-by';
import { sample } from '../../metrics/sample';
import type { RegionDay, ServiceDay } from './port';

interface RegionServiceCosts {
  readonly accountId: string;
  readonly region: string;
  readonly periods: Readonly<Record<PeriodName, ChargePeriod>>;
  readonly rows: readonly ServiceDay[];
  /** The separately requested total of each day. */
  readonly totals: readonly RegionDay[];
  readonly maxSeries: number;
}

/** Returns a Region's cost by service. Two checks compare all requested days with their separate total. */
export function regionServiceCosts(costs: RegionServiceCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const checks = CHECKS.flatMap(({ breakdown, amount }) =>
    checkSamples({
      labels,
      breakdown,
      total: sumOf(costs.totals, amount),
      sum: sumOf(costs.rows, amount),
      period: costs.periods.window,
    }),
  );
  const limit = Math.floor((costs.maxSeries - checks.length - SERIES_A_LIST) / FIGURES.length);
  const { shown, rest } = atMost(costs.rows, limit);
  const samples = shown.flatMap((service) =>
    FIGURES.map(({ metric, period, amount }) =>
      sample(
        metric,
        { ...labels, service: service.name },
        sumIn(service, costs.periods[period], amount).toNumber(),
      ),
    ),
  );
  const aggregated = rest.map((service) => ({ usd: sumIn(service, costs.periods.window, 'usd') }));
  return group('Services_Cost', labels, [
    ...samples,
    ...aggregatedCosts({ labels, list: 'services', rest: aggregated }),
    ...checks,
  ]);
}

type PeriodName = 'day' | 'window' | 'monthToDate';
type Amount = 'usd' | 'effectiveUsd';

/** The metrics of each service. */
const FIGURES = [
  { metric: 'aws_service_billed_cost_usd', period: 'window', amount: 'usd' },
  { metric: 'aws_service_effective_cost_usd', period: 'window', amount: 'effectiveUsd' },
  { metric: 'aws_service_day_billed_cost_usd', period: 'day', amount: 'usd' },
  { metric: 'aws_service_day_effective_cost_usd', period: 'day', amount: 'effectiveUsd' },
  { metric: 'aws_service_month_to_date_billed_cost_usd', period: 'monthToDate', amount: 'usd' },
  { metric: 'aws_service_month_to_date_effective_cost_usd', period: 'monthToDate', amount: 'effectiveUsd' },
] as const;

/** The checks of billed and of effective cost. */
const CHECKS = [
  { breakdown: 'service', amount: 'usd' },
  { breakdown: 'service_effective', amount: 'effectiveUsd' },
] as const;

interface Service {
  readonly name: string;
  readonly days: readonly ServiceDay[];
}

/** Returns at most `limit` services, the lightest aggregated into one. A service without any cost has no row. */
function atMost(rows: readonly ServiceDay[], limit: number) {
  const services = groupBy(rows, ({ service }) => ({ service }))
    .map(({ key, rows: days }) => ({ name: key.service, days }))
    .filter(({ days }) => days.some(hasCost));
  return aggregateRest<Service>(services, {
    limit,
    weight: ({ days }) => weightOf(days.flatMap(({ usd, effectiveUsd }) => [usd, effectiveUsd])),
    aggregate: (rest) => ({ name: OTHER, days: rest.flatMap(({ days }) => days) }),
  });
}

/** Reports whether a day has billed or effective cost: usage that a reservation covers is billed 0. */
export function hasCost({ usd, effectiveUsd }: RegionDay): boolean {
  return !usd.eq(ZERO_USD) || !effectiveUsd.eq(ZERO_USD);
}

function sumIn({ days }: Service, period: ChargePeriod, amount: Amount): Usd {
  return sumOf(
    days.filter(({ day }) => includesDay(period, day)),
    amount,
  );
}

function sumOf(days: readonly RegionDay[], amount: Amount): Usd {
  return sumUsd(days.map((day) => day[amount]));
}
