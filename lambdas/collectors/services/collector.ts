import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector } from '../../collector';
import { lastFullDays, longer, monthToDate, periodEndSeconds } from '../../domain/charge-period';
import { byRegion, regionsWithCost } from '../../domain/regions';
import { failure } from '../../failure';
import type { ServicesSource } from './port';
import { hasCost, regionServiceCosts } from './region-services';

/** Collects the billed and effective cost of every service by Region: last day, cost window and month to date. */
export function services(source: ServicesSource, settings: CollectorSettings<'services'>): Collector {
  return async ({ accountId, scheduledTime }) => {
    const { settleDays, costDays, maxSeries } = settings;
    const window = lastFullDays(scheduledTime, { days: costDays, settleDays });
    const periods = {
      window,
      day: lastFullDays(scheduledTime, { days: 1, settleDays }),
      monthToDate: monthToDate(window),
    };
    const requested = longer(window, periods.monthToDate);
    const periodEnd = periodEndSeconds(window);
    try {
      const rows = byRegion(await source.costs(accountId, requested));
      const totals = byRegion(await source.totals(accountId, requested));
      const groups = regionsWithCost([totals, rows], hasCost).map((region) => {
        const found = { rows: rows.get(region) ?? [], totals: totals.get(region) ?? [] };
        return regionServiceCosts({ accountId, region, periods, maxSeries, ...found });
      });
      return { groups, failures: [], periodEnd };
    } catch (error) {
      return { groups: [], failures: [failure('service_costs', error)], periodEnd };
    }
  };
}
