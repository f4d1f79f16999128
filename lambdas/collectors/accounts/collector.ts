import type { Collector } from '../../collector';
import { lastFullDays, monthsUpTo, periodEndSeconds, restOfMonth } from '../../domain/charge-period';
import { attempt } from '../../failure';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';
import { forecastGroup, monthGroups } from './month-groups';
import type { Account, AccountsSource } from './port';

/**
 * Full months before the current one. Cost Explorer has 13, but it would refuse the 13th to a retry after the end of the
 * month.
 */
const MONTHS_BEFORE = 12;

/**
 * Collects the accounts of the organization, their cost by month and a forecast for the current month. Every run reads all
 * months of the window again, because AWS restates them.
 */
export function accounts(source: AccountsSource, { settleDays }: { readonly settleDays: number }): Collector {
  return async ({ accountId, suiteAccounts, scheduledTime }) => {
    const lastDay = lastFullDays(scheduledTime, { days: 1, settleDays });
    const period = monthsUpTo(lastDay, MONTHS_BEFORE);
    const organization = await attempt('accounts', () => source.organization(accountId));
    const { managementAccountId: payer, accounts: linked = [] } = organization.value ?? {};
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
      failures: [...organization.failures, ...costs.failures, ...forecast.failures],
      periodEnd: periodEndSeconds(period),
      covers: payer === accountId ? linked.map((account) => account.accountId) : [],
      closedAccounts: closed,
      ...(forecast.failures.length === 0 && { forecastAvailable: forecast.value !== undefined }),
    };
  };
}

/** The findings of an account whose payer also has a run: the payer's run publishes its groups. */
const ANSWERED_ELSEWHERE = { groups: [], failures: [], answeredElsewhere: true } as const;

/** Reports whether the account is closed or suspended, so that its groups are deleted. */
function isClosed({ state }: Account): boolean {
  return state === 'SUSPENDED' || state === 'CLOSED';
}

function infoGroup({ accountId, name, state }: Account): Group {
  const labels = { account_id: accountId };
  return group('Linked_Accounts', labels, [
    sample('aws_account_info', { ...labels, account_name: name, state }, 1),
  ]);
}
