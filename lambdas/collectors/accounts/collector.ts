import type { Collector } from '../../collector';
import { lastFullDays, monthsUpTo, periodEndSeconds, restOfMonth } from '../../domain/charge-period';
import { attempt } from '../../failure';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';
import { forecastGroup, monthGroups } from './month-groups';
import type { Account, AccountsSource } from './port';

/**
 * Before the running one. Cost Explorer looks back 13, but then a retry after the midnight that ends a month would be
 * refused.
 */
const MONTHS_BEFORE = 12;

/**
 * Which accounts there are, what each cost by month, and what the running month will have cost at its end. The answers
 * are for all accounts of the organization, a group each. Every month is read again until it leaves the window.
 */
export function accounts(source: AccountsSource, { settleDays }: { readonly settleDays: number }): Collector {
  return async ({ accountId, suiteAccounts, scheduledTime }) => {
    const lastDay = lastFullDays(scheduledTime, { days: 1, settleDays });
    const period = monthsUpTo(lastDay, MONTHS_BEFORE);
    const asked = await attempt('accounts', () => source.organization(accountId));
    const { managementAccountId: payer, accounts: linked = [] } = asked.value ?? {};
    if (payer !== undefined && payer !== accountId && suiteAccounts.includes(payer))
      return ANSWERED_ELSEWHERE;
    const costs = await attempt('account_costs', async () => ({
      rows: await source.costs(period),
      totals: await source.totals(period),
    }));
    const forecast = await attempt('forecast', () => source.forecast(restOfMonth(lastDay)));
    const closed = linked.filter(isClosed).map((account) => account.accountId);
    const months = costs.value && monthGroups({ ...costs.value, accountId, closed, period });
    const rest = costs.value && forecast.value;
    return {
      groups: [
        ...linked.filter((account) => !isClosed(account)).map(infoGroup),
        ...(months ?? []),
        ...(rest ? [forecastGroup({ accountId, period, rows: costs.value.rows, rest })] : []),
      ],
      failures: [...asked.failures, ...costs.failures, ...forecast.failures],
      periodEnd: periodEndSeconds(period),
      covers: payer === accountId ? linked.map((account) => account.accountId) : [],
      closedAccounts: closed,
      ...(forecast.failures.length === 0 && { forecastAvailable: forecast.value !== undefined }),
    };
  };
}

/** The payer of the organization is of this suite, too: its run publishes the groups of this account. */
const ANSWERED_ELSEWHERE = { groups: [], failures: [], answeredElsewhere: true } as const;

/** Nothing runs there any more, and nobody can read it: its groups go. */
function isClosed({ state }: Account): boolean {
  return state === 'SUSPENDED' || state === 'CLOSED';
}

function infoGroup({ accountId, name, state }: Account): Group {
  const labels = { account_id: accountId };
  return group('Linked_Accounts', labels, [
    sample('aws_account_info', { ...labels, account_name: name, state }, 1),
  ]);
}
