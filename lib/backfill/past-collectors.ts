import type { AwsAccess } from '../../lambdas/aws/access';
import type { Settings } from '../../lambdas/catalog/settings';
import type { Collector } from '../../lambdas/collector';
import { accounts } from '../../lambdas/collectors/accounts/collector';
import { type AccountsSource, PERIOD_OVER } from '../../lambdas/collectors/accounts/port';
import { accountsSource } from '../../lambdas/collectors/accounts/source';
import { projects } from '../../lambdas/collectors/projects/collector';
import { projectsSource } from '../../lambdas/collectors/projects/source';
import { services } from '../../lambdas/collectors/services/collector';
import { servicesSource } from '../../lambdas/collectors/services/source';
import { userCosts } from '../../lambdas/collectors/user-costs/collector';
import type { UserCostsSource } from '../../lambdas/collectors/user-costs/port';
import { userCostsSource } from '../../lambdas/collectors/user-costs/source';
import type { ChargePeriod } from '../../lambdas/domain/charge-period';

/** The facts of today that a past day is computed with, because AWS keeps no older ones. */
export interface Today extends Pick<UserCostsSource, 'users'>, Pick<AccountsSource, 'organization'> {}

/** The access of a collector to the past. */
interface Past {
  readonly aws: AwsAccess;
  readonly today: Today;
  /** The oldest day of Cost Explorer. */
  readonly oldest: string;
}

/** The collectors with history. Each is the one that runs every day; only its source reads the past. */
export const PAST_COLLECTORS = {
  'user-costs': ({ aws, today }, settings) =>
    userCosts({ ...userCostsSource(aws, settings), ...today }, { ...settings, resourceServices: [] }),
  services: ({ aws }, settings) => services(servicesSource(aws, settings), settings),
  projects: ({ aws }, settings) => projects(projectsSource(aws, settings), settings),
  accounts: (past, settings) => accounts(pastAccounts(past), settings),
} as const satisfies Record<string, (past: Past, settings: Settings) => Collector>;

export type PastCollector = keyof typeof PAST_COLLECTORS;

/** Returns the accounts with the months that Cost Explorer still has, and without a forecast. */
function pastAccounts({ aws, today, oldest }: Past): AccountsSource {
  const source = accountsSource(aws);
  const known = ({ start, end }: ChargePeriod) => ({ start: start < oldest ? oldest : start, end });
  return {
    ...source,
    ...today,
    costs: (period) => source.costs(known(period)),
    totals: (period) => source.totals(known(period)),
    forecast: async () => PERIOD_OVER,
  };
}
