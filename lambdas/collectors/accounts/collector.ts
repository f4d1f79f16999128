import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector, Findings } from '../../collector';
import {
  type ChargePeriod,
  lastFullDays,
  monthsUpTo,
  periodEndSeconds,
  restOfMonth,
} from '../../domain/charge-period';
import { attempt } from '../../failure';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';
import { forecastGroup, monthGroups } from './month-groups';
import { type Account, type AccountsSource, PERIOD_OVER } from './port';

/** Collects the accounts of the organization, their cost by month and a forecast for the current month. */
export function accounts(source: AccountsSource, { settleDays }: CollectorSettings<'accounts'>): Collector {
  return async ({ accountId, suiteAccounts, scheduledTime }) => {
    const { value, failures } = await attempt('accounts', () => source.organization(accountId));
    const { managementAccountId: payer, accounts: linked = [] } = value ?? {};
    if (payer !== undefined && payer !== accountId && suiteAccounts.includes(payer))
      return ANSWERED_ELSEWHERE;
    const lastDay = lastFullDays(scheduledTime, { days: 1, settleDays });
    const closed = linked.filter(isClosed).map(idOf);
    const costs = await costFindings(source, { accountId, lastDay, closed });
    return {
      ...costs,
      groups: [...linked.filter((account) => !isClosed(account)).map(infoGroup), ...costs.groups],
      failures: [...failures, ...costs.failures],
      covers: payer === accountId ? linked.map(idOf) : [],
      closedAccounts: closed,
    };
  };
}

/** The findings of an account that the run of its payer covers: that run publishes its groups. */
const ANSWERED_ELSEWHERE = { groups: [], failures: [], answeredElsewhere: true } as const;

interface CostScope {
  readonly accountId: string;
  readonly lastDay: ChargePeriod;
  readonly closed: readonly string[];
}

/** Reads all months of the window in every run, because AWS restates them. */
async function costFindings(
  source: AccountsSource,
  { accountId, lastDay, closed }: CostScope,
): Promise<Findings> {
  const period = monthsUpTo(lastDay, MONTHS_BEFORE);
  const costs = await attempt('account_costs', async () => ({
    rows: await source.costs(period),
    totals: await source.totals(period),
  }));
  const forecast = await attempt('forecast', () => source.forecast(restOfMonth(lastDay)));
  const months = costs.value ? monthGroups({ ...costs.value, accountId, closed, period }) : [];
  const rest = forecast.value === PERIOD_OVER ? undefined : forecast.value;
  const isKnown = forecast.failures.length === 0 && forecast.value !== PERIOD_OVER;
  return {
    groups:
      costs.value && rest
        ? [...months, forecastGroup({ accountId, period, rows: costs.value.rows, rest })]
        : months,
    failures: [...costs.failures, ...forecast.failures],
    periodEnd: periodEndSeconds(period),
    ...(isKnown && { forecastAvailable: rest !== undefined }),
  };
}

/**
 * Full months before the current one. Cost Explorer has 13, but a retry after the end of the month could no longer read
 * the oldest.
 */
const MONTHS_BEFORE = 12;

function idOf({ accountId }: Account): string {
  return accountId;
}

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
