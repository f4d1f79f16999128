import { DAYS_SHOWN } from '../../catalog/attribution';
import { sumCosts, type Usd } from '../../domain/amounts';
import { type ChargePeriod, daysBackFrom } from '../../domain/charge-period';
import { type Sample, sample } from '../../metrics/sample';
import type { DayCost } from './port';

/** The cost of a Region on one full UTC day, over all services. */
export interface Day {
  readonly usd: Usd;
  readonly estimated: boolean;
}

/** Returns the newest days of the period, the newest first. A day without rows cost nothing. */
export function newestDays(totals: readonly DayCost[], period: ChargePeriod): Day[] {
  return daysBackFrom(period, DAYS_SHOWN).map((day) => {
    const rows = totals.filter((row) => row.day === day);
    return { usd: sumCosts(rows), estimated: rows.some(({ estimated }) => estimated) };
  });
}

/** Returns the samples of the days, numbered back from the end of the period. */
export function daySamples(
  labels: { readonly account_id: string; readonly region: string },
  days: readonly Day[],
): Sample<'aws_region_day_billed_cost_usd' | 'aws_region_day_estimated'>[] {
  return days.flatMap(({ usd, estimated }, index) => {
    const ofDay = { ...labels, days_before_period_end: String(index) };
    return [
      sample('aws_region_day_billed_cost_usd', ofDay, usd.toNumber()),
      sample('aws_region_day_estimated', ofDay, estimated ? 1 : 0),
    ];
  });
}
