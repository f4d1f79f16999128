import type { AttributionMethod } from '../../catalog/attribution';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { type Cost, costWeight, sumCosts, type Usd, ZERO_USD } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import { aggregateRest, heaviest } from '../../metrics/aggregate-rest';
import { type CheckMetric, checkSamples } from '../../metrics/check-samples';
import { type Group, group } from '../../metrics/group';
import { type Sample, sample } from '../../metrics/sample';
import type { AttributedCost } from './attribution';
import { type Day, daySamples } from './days';
import type { LivingUser } from './port';

/** The facts about one Region from which its group is made. */
export interface RegionUserCosts {
  readonly accountId: string;
  readonly region: string;
  readonly period: ChargePeriod;
  readonly rows: readonly AttributedCost[];
  /** The IAM users; a user without cost is published with 0. */
  readonly users: readonly LivingUser[];
  /** The newest days of the total, the newest first. */
  readonly days: readonly Day[];
  /** The separately requested total. */
  readonly total: Usd;
  /** Every method is published, even if it attributed nothing. */
  readonly methods: readonly AttributionMethod[];
  readonly maxSeries: number;
  readonly maxRoleSessions: number;
}

/** Returns a Region's cost by owner: the owners, unattributed cost and the aggregated rest add up to the total. */
export function regionUserCosts(costs: RegionUserCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const lines = byOwner(costs);
  const fixed = fixedSamples(labels, costs, sumCosts(lines));
  const unattributed = lines.filter(({ owner }) => owner === UNATTRIBUTED);
  const limit = costs.maxSeries - fixed.length - unattributed.length;
  const shown = [...atMost(limit, lines, costs), ...unattributed];
  return group('IAM_User_Total_Services_Cost_List', labels, [
    ...shown.map(({ owner, usd }) =>
      sample('aws_user_billed_cost_usd', { ...labels, user_name: owner }, usd.toNumber()),
    ),
    ...fixed,
  ]);
}

interface OwnerLine extends Cost {
  readonly owner: string;
  readonly session: boolean;
}

type Labels = { readonly account_id: string; readonly region: string };

/** Returns the owners with cost, all IAM users and the unattributed cost. */
function byOwner({ rows, users }: RegionUserCosts): OwnerLine[] {
  const always = new Set([UNATTRIBUTED, ...users.map(({ name }) => name)]);
  const lines = new Map<string, OwnerLine>();
  for (const owner of always) lines.set(owner, { owner, usd: ZERO_USD, session: false });
  for (const { owner, usd, session } of rows) {
    lines.set(owner, { owner, session, usd: (lines.get(owner)?.usd ?? ZERO_USD).plus(usd) });
  }
  return [...lines.values()]
    .filter(({ owner, usd }) => always.has(owner) || !usd.eq(ZERO_USD))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/** Aggregates the lightest owners. The number of role sessions has no bound, so sessions have their own limit. */
function atMost(
  limit: number,
  lines: readonly OwnerLine[],
  { maxRoleSessions }: RegionUserCosts,
): OwnerLine[] {
  const sessions = lines.filter(({ session }) => session);
  const { rest: always } = heaviest(sessions, maxRoleSessions, costWeight);
  const aggregated = new Set(always);
  const open = lines.filter((line) => line.owner !== UNATTRIBUTED && !aggregated.has(line));
  return aggregateRest(open, {
    limit,
    weight: costWeight,
    always,
    aggregate: (rest) => ({ owner: OTHER, usd: sumCosts(rest), session: false }),
  });
}

type FixedMetric =
  | 'aws_cost_attributed_usd'
  | 'aws_region_day_billed_cost_usd'
  | 'aws_region_day_estimated'
  | CheckMetric;

/** Returns the samples that are published however many owners there are. */
function fixedSamples(
  labels: Labels,
  { rows, methods, days, total, period }: RegionUserCosts,
  sum: Usd,
): Sample<FixedMetric>[] {
  return [
    ...methods.map((method) => {
      const usd = sumCosts(rows.filter((row) => row.method === method));
      return sample('aws_cost_attributed_usd', { ...labels, method }, usd.toNumber());
    }),
    ...daySamples(labels, days),
    ...checkSamples({ labels, breakdown: 'user', total, sum, period }),
  ];
}
