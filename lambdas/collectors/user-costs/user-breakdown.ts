import type { AttributionMethod } from '../../catalog/attribution';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { sumUsd, type Usd, type Weight, weightOf, ZERO_USD } from '../../domain/amounts';
import { type ChargePeriod, periodEndSeconds } from '../../domain/charge-period';
import { aggregateRest, heaviest } from '../../metrics/aggregate-rest';
import { type Group, group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';
import type { AttributedCost } from './attribution';
import { type Day, daySamples } from './days';
import type { LivingUser } from './port';

export interface RegionUserCosts {
  readonly accountId: string;
  readonly region: string;
  readonly period: ChargePeriod;
  readonly rows: readonly AttributedCost[];
  /** Those without cost are shown with 0. */
  readonly users: readonly LivingUser[];
  /** The newest days of the total, the newest first. */
  readonly days: readonly Day[];
  /** Asked for separately. */
  readonly total: Usd;
  /** Shown even where they attributed nothing. */
  readonly methods: readonly AttributionMethod[];
  readonly maxSeries: number;
  readonly maxRoleSessions: number;
}

/** The Region's cost by owner: owners, nobody and the folded rest; the gap says whether they add up to the total. */
export function regionUserCosts(costs: RegionUserCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const lines = byOwner(costs);
  const fixed = fixedSamples(labels, costs, sumUsd(lines.map(({ usd }) => usd)));
  const nobody = lines.filter(({ owner }) => owner === UNATTRIBUTED);
  const shown = [...atMost(lines, costs, costs.maxSeries - fixed.length - nobody.length), ...nobody];
  return group('IAM_User_Total_Services_Cost_List', labels, [
    ...shown.map(({ owner, usd }) =>
      sample('aws_user_billed_cost_usd', { ...labels, user_name: owner }, usd.toNumber()),
    ),
    ...fixed,
  ]);
}

interface OwnerLine {
  readonly owner: string;
  readonly usd: Usd;
  readonly session: boolean;
}

type Labels = { readonly account_id: string; readonly region: string };

/** A cost row leaves when no cost is left, unless its user lives; what nobody owns is always told. */
function byOwner({ rows, users }: RegionUserCosts): OwnerLine[] {
  const living = new Set([UNATTRIBUTED, ...users.map(({ name }) => name)]);
  const lines = new Map<string, OwnerLine>();
  for (const owner of living) lines.set(owner, { owner, usd: ZERO_USD, session: false });
  for (const { owner, usd, session } of rows) {
    lines.set(owner, { owner, session, usd: (lines.get(owner)?.usd ?? ZERO_USD).plus(usd) });
  }
  return [...lines.values()]
    .filter(({ owner, usd }) => living.has(owner) || !usd.eq(ZERO_USD))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/** Sessions of roles come and go without bound, so their number has a limit of its own. */
function atMost(
  lines: readonly OwnerLine[],
  { maxRoleSessions }: RegionUserCosts,
  limit: number,
): OwnerLine[] {
  const sessions = lines.filter(({ session }) => session);
  const { rest: always } = heaviest(sessions, maxRoleSessions, weight);
  const aggregated = new Set(always);
  const open = lines.filter((line) => line.owner !== UNATTRIBUTED && !aggregated.has(line));
  return aggregateRest(open, {
    limit,
    weight,
    always,
    aggregate: (rest) => ({ owner: OTHER, usd: sumUsd(rest.map(({ usd }) => usd)), session: false }),
  });
}

function weight({ usd }: OwnerLine): Weight {
  return weightOf([usd]);
}

type FixedMetric =
  | 'aws_cost_attributed_usd'
  | 'aws_region_day_billed_cost_usd'
  | 'aws_region_day_estimated'
  | 'tollgate_breakdown_gap_usd'
  | 'tollgate_breakdown_period_end_timestamp_seconds';

function fixedSamples(
  labels: Labels,
  { rows, methods, days, total, period }: RegionUserCosts,
  sum: Usd,
): Sample<FixedMetric>[] {
  const check = { ...labels, breakdown: 'user' };
  return [
    ...methods.map((method) => {
      const usd = sumUsd(rows.filter((row) => row.method === method).map((row) => row.usd));
      return sample('aws_cost_attributed_usd', { ...labels, method }, usd.toNumber());
    }),
    ...daySamples(labels, days),
    sample('tollgate_breakdown_gap_usd', check, total.minus(sum).toNumber()),
    sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(period)),
  ];
}
