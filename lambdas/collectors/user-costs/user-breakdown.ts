import type { AttributionMethod } from '../../catalog/attribution';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { type Cost, costWeight, sumCosts, type Usd, ZERO_USD } from '../../domain/amounts';
import type { ChargePeriod } from '../../domain/charge-period';
import { aggregateRest, heaviest } from '../../metrics/aggregate-rest';
import { type AggregatedMetric, aggregatedCosts, SERIES_A_LIST } from '../../metrics/aggregated-samples';
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
  /** Most IAM users to name. */
  readonly maxInventory: number;
  /** Most series besides those of IAM users. */
  readonly maxSeries: number;
  readonly maxRoleSessions: number;
}

/** Returns a Region's cost by owner: the owners, unattributed cost and the aggregated rest add up to the total. */
export function regionUserCosts(costs: RegionUserCosts): Group {
  const labels = { account_id: costs.accountId, region: costs.region };
  const lines = byOwner(costs);
  const fixed = fixedSamples(labels, costs, sumCosts(lines));
  const unattributed = lines.filter(({ kind }) => kind === 'unattributed');
  const limit = costs.maxSeries - fixed.length - unattributed.length - 2 * SERIES_A_LIST;
  const { shown, rest } = atMost(limit, lines, costs);
  return group('IAM_User_Total_Services_Cost_List', labels, [
    ...[...shown, ...unattributed].map(({ owner, usd }) =>
      sample('aws_user_billed_cost_usd', { ...labels, user_name: owner }, usd.toNumber()),
    ),
    ...restSamples(labels, rest),
    ...fixed,
  ]);
}

/** An IAM user, a role session, any other owner, or cost without an owner. */
type OwnerKind = 'user' | 'session' | 'other' | 'unattributed';

interface OwnerLine extends Cost {
  readonly owner: string;
  readonly kind: OwnerKind;
}

type Labels = { readonly account_id: string; readonly region: string };

/** Returns the owners with cost, all IAM users and the unattributed cost. */
function byOwner({ rows, users }: RegionUserCosts): OwnerLine[] {
  const lines = new Map<string, OwnerLine>();
  for (const { name } of users) lines.set(name, { owner: name, usd: ZERO_USD, kind: 'user' });
  lines.set(UNATTRIBUTED, { owner: UNATTRIBUTED, usd: ZERO_USD, kind: 'unattributed' });
  for (const { owner, usd, session } of rows) {
    const known = lines.get(owner) ?? { owner, usd: ZERO_USD, kind: session ? 'session' : 'other' };
    lines.set(owner, { ...known, usd: known.usd.plus(usd) });
  }
  return [...lines.values()]
    .filter(({ kind, usd }) => kind === 'user' || kind === 'unattributed' || !usd.eq(ZERO_USD))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/**
 * Aggregates the lightest owners. IAM users have their own limit, so that tag values never displace a user, and so have
 * role sessions, because their number has no bound.
 */
function atMost(
  limit: number,
  lines: readonly OwnerLine[],
  { maxInventory, maxRoleSessions }: RegionUserCosts,
) {
  const users = heaviest(ofKind('user', lines), maxInventory, costWeight);
  const sessions = heaviest(ofKind('session', lines), maxRoleSessions, costWeight);
  const { shown, rest } = aggregateRest<OwnerLine>([...ofKind('other', lines), ...sessions.shown], {
    limit,
    weight: costWeight,
    always: [...users.rest, ...sessions.rest],
    aggregate: (aggregated) => ({ owner: OTHER, usd: sumCosts(aggregated), kind: 'other' }),
  });
  const named = new Set([...users.shown, ...shown]);
  const known = new Set(lines);
  return {
    shown: [...lines.filter((line) => named.has(line)), ...shown.filter((line) => !known.has(line))],
    rest,
  };
}

function ofKind(kind: OwnerKind, lines: readonly OwnerLine[]): OwnerLine[] {
  return lines.filter((line) => line.kind === kind);
}

function restSamples(labels: Labels, rest: readonly OwnerLine[]): Sample<AggregatedMetric>[] {
  const sessions = ofKind('session', rest);
  const owners = rest.filter(({ kind }) => kind !== 'session');
  return [
    ...aggregatedCosts({ labels, list: 'owners', rest: owners }),
    ...aggregatedCosts({ labels, list: 'role_sessions', rest: sessions }),
  ];
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
