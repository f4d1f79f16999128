import { CLOSED_STATES } from '../../catalog/account-states';
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
    const { onInvoice, ...costs } = await costFindings(source, { accountId, lastDay });
    const shown = linked.filter((account) => !isClosed(account) || onInvoice.has(account.accountId));
    return {
      ...costs,
      groups: [...shown.map(infoGroup), ...costs.groups],
      failures: [...failures, ...costs.failures],
      covers: payer === accountId ? linked.map(idOf) : [],
      closedAccounts: linked.filter(isClosed).map(idOf),
    };
  };
}

/** The findings of an account that the run of its payer covers: that run publishes its groups. */
const ANSWERED_ELSEWHERE = { groups: [], failures: [], answeredElsewhere: true } as const;

interface CostScope {
  readonly accountId: string;
  readonly lastDay: ChargePeriod;
}

interface CostFindings extends Findings {
  /** Accounts with cost in any month of the window. */
  readonly onInvoice: ReadonlySet<string>;
}

/** Reads all months of the window in every run, because AWS restates them. */
async function costFindings(
  source: AccountsSource,
  { accountId, lastDay }: CostScope,
): Promise<CostFindings> {
  const period = monthsUpTo(lastDay, MONTHS_BEFORE);
  const costs = await attempt('account_costs', async () => ({
    rows: await source.costs(period),
    totals: await source.totals(period),
  }));
  const forecast = await attempt('forecast', () => source.forecast(restOfMonth(lastDay)));
  const months = costs.value ? monthGroups({ ...costs.value, accountId, period }) : [];
  const rest = forecast.value === PERIOD_OVER ? undefined : forecast.value;
  const isKnown = forecast.failures.length === 0 && forecast.value !== PERIOD_OVER;
  return {
    groups:
      costs.value && rest
        ? [...months, forecastGroup({ accountId, period, rows: costs.value.rows, rest })]
        : months,
    failures: [...costs.failures, ...forecast.failures],
    unavailable: isKnown && !rest ? [NO_FORECAST] : [],
    periodEnd: periodEndSeconds(period),
    onInvoice: new Set(costs.value?.rows.map((row) => row.accountId)),
    ...(isKnown && { forecastAvailable: rest !== undefined }),
  };
}

const NO_FORECAST = { part: 'forecast', jobs: ['Total_Account_Cost_Forecast'] } as const;

/**
 * Full months before the current one. Cost Explorer has 13, but a retry after the end of the month could no longer read
 * the oldest.
 */
const MONTHS_BEFORE = 12;

function idOf({ accountId }: Account): string {
  return accountId;
}

/** Reports whether the account is closed or suspended. It is shown while the invoice has it. */
function isClosed({ state }: Account): boolean {
  return CLOSED_STATES.some((closed) => closed === state);
}

function infoGroup({ accountId, name, state }: Account): Group {
  const labels = { account_id: accountId };
  return group('Linked_Accounts', labels, [
    sample('aws_account_info', { ...labels, account_name: name, state }, 1),
  ]);
}
