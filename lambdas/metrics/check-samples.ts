import type { Breakdown } from '../catalog/label-values';
import type { Usd } from '../domain/amounts';
import { type ChargePeriod, periodEndSeconds } from '../domain/charge-period';
import { type Sample, sample } from './sample';

/** A breakdown, and the separately requested total that its rows should add up to. */
interface Check {
  /** The Region is empty for a breakdown of a whole account. */
  readonly labels: { readonly account_id: string; readonly region: string };
  readonly breakdown: Breakdown;
  readonly total: Usd;
  readonly sum: Usd;
  readonly period: ChargePeriod;
}

/** A metric of reconciliation checks. */
export type CheckMetric = 'tollgate_breakdown_gap_usd' | 'tollgate_breakdown_period_end_timestamp_seconds';

/** Returns the samples of a reconciliation check: the gap, and the end of the period that it covers. */
export function checkSamples({ labels, breakdown, total, sum, period }: Check): Sample<CheckMetric>[] {
  const check = { ...labels, breakdown };
  return [
    sample('tollgate_breakdown_gap_usd', check, total.minus(sum).toNumber()),
    sample('tollgate_breakdown_period_end_timestamp_seconds', check, periodEndSeconds(period)),
  ];
}
