import type { CollectorSettings } from '../../lambdas/catalog/function-settings';
import { userCosts } from '../../lambdas/collectors/user-costs/collector';
import type { UserCostsSource } from '../../lambdas/collectors/user-costs/port';
import { dollars } from '../support/amounts';
import { settingsWith } from '../support/functions';

/** Days as `YYYY-MM-DD`; the end is exclusive. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

export interface RequestedIntervals {
  readonly totals: Interval;
  readonly owners: Interval;
  readonly resources: Interval;
  /** End of the period that the published numbers cover. */
  readonly periodEnd: string;
}

/** Settings whose two windows are as long as AWS keeps resource-level data, and end yesterday. */
export const FORTNIGHT: CollectorSettings<'user-costs'> = { ...settingsWith(), resourceDays: 14 };

const INPUT = { accountId: '111122223333', partition: 'aws', suiteAccounts: [] };

/** Resolves with the intervals that a run of user-costs requests. */
export async function requestedIntervals(
  scheduledTime: Date,
  settings: Partial<CollectorSettings<'user-costs'>> = {},
): Promise<RequestedIntervals> {
  const intervals: Partial<Record<string, Interval>> = {};
  const collect = userCosts(recordingSource(intervals), { ...FORTNIGHT, ...settings });
  const { periodEnd = 0, failures } = await collect({ ...INPUT, scheduledTime });
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  const { totals, owners, resources } = intervals as Record<string, Interval>;
  if (!totals || !owners || !resources)
    throw new Error(`expected intervals for totals, owners and resources, got ${JSON.stringify(intervals)}`);
  return { totals, owners, resources, periodEnd: new Date(periodEnd * 1000).toISOString() };
}

function recordingSource(intervals: Partial<Record<string, Interval>>): UserCostsSource {
  const row = { region: 'eu-west-1', usd: dollars(1) };
  return {
    async dailyTotals(_, totals) {
      intervals.totals = totals;
      return [{ ...row, day: totals.start, service: '', estimated: false }];
    },
    async tagCosts(_, owners) {
      intervals.owners = owners;
      return [{ ...row, value: '' }];
    },
    async resourceCosts(_, resources) {
      intervals.resources = resources;
      return [{ ...row, resource: 'i-0a' }];
    },
    owners: async () => new Map(),
    users: async () => [],
  };
}
