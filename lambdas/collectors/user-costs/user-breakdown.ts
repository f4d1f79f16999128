import { type ChargePeriod, periodEndSeconds } from '../../aws/charge-period';
import { sumUsd, type Usd, ZERO } from '../../aws/usd';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { fold } from '../../metrics/fold';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';
import type { OwnerCost } from './port';

export interface RegionUserCosts {
  readonly accountId: string;
  readonly region: string;
  readonly period: ChargePeriod;
  readonly rows: readonly OwnerCost[];
  /** Living IAM users: those without cost are shown with 0. */
  readonly userNames: readonly string[];
  /** Asked for separately. */
  readonly total: Usd;
  readonly maxSeries: number;
}

/** The Region's cost by owner; the owners, nobody and the folded rest add up to the rows, the gap says whether to the total. */
export function regionUserCosts({
  accountId,
  region,
  period,
  rows,
  userNames,
  total,
  maxSeries,
}: RegionUserCosts): Group {
  const labels = { account_id: accountId, region };
  const check = { ...labels, breakdown: 'user' };
  const { nobody, lines } = byOwner(rows, userNames);
  const fixed = [
    sample('aws_user_billed_cost_usd', { ...labels, user_name: UNATTRIBUTED }, nobody.toNumber()),
    sample('tollgate_breakdown_gap_usd', check, total.minus(sumUsd(rows.map(({ usd }) => usd))).toNumber()),
    sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(period)),
  ];
  const shown = fold(lines, maxSeries - fixed.length, (usd) => ({ owner: OTHER, usd }));
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
}

/** A cost row leaves when no cost is left, unless its user lives. A tag that says one of our own words names nobody. */
function byOwner(
  rows: readonly OwnerCost[],
  userNames: readonly string[],
): { nobody: Usd; lines: OwnerLine[] } {
  const living = new Set(userNames);
  const costs = new Map<string, Usd>(userNames.map((name) => [name, ZERO]));
  for (const { owner, usd } of rows) costs.set(owner, (costs.get(owner) ?? ZERO).plus(usd));
  const nobody = sumUsd([...NOBODY].map((owner) => costs.get(owner) ?? ZERO));
  const lines = [...costs]
    .filter(([owner, usd]) => !NOBODY.has(owner) && (living.has(owner) || !usd.eq(0)))
    .map(([owner, usd]) => ({ owner, usd }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
  return { nobody, lines };
}

const NOBODY: ReadonlySet<string> = new Set(['', UNATTRIBUTED, OTHER]);
