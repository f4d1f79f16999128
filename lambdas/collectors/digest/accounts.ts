import { once, series } from '../../promql/selector';
import { amount, type Column, rank, rankedTable, sumOf } from './figures';
import type { Ask, Row } from './port';
import type { Section } from './report';

/** Cost of every account in the running month and the three before it, and the forecast of the month. */
export const accounts: Section = {
  title: 'Accounts by month',
  async read(ask) {
    const { costs, forecasts, ...answers } = await readAll(ask);
    if (costs.length + answers.toDate.length + forecasts.length === 0) return undefined;
    const months = lastMonths(costs);
    const { shown, rest } = rank(accountCosts({ costs, ...answers }), {
      size: (account) => shownCost(account, months) ?? 0,
      limit: 15,
    });
    return {
      figures: figuresOf({ shown, rest, months, forecasts }),
      table: rankedTable('Account', { shown, rest }, columns(months)),
      lines: forecastLines(forecasts),
    };
  },
};

interface AccountCosts {
  readonly name: string;
  readonly accountId: string;
  readonly costs: ReadonlyMap<string, number>;
  readonly monthToDate?: number;
}

const MONTHS = 4;

async function readAll(ask: Ask) {
  const [infos, costs, toDate, bounds] = await Promise.all([
    ask(once(series('aws_account_info'))),
    ask(once(series('aws_account_month_billed_cost_usd'))),
    ask(once(series('aws_account_month_to_date_billed_cost_usd'))),
    ask(once(series('aws_account_month_forecast_billed_cost_usd'))),
  ]);
  return { infos, costs, toDate, forecasts: forecastsOf(bounds) };
}

interface Answers {
  readonly infos: readonly Row<'account_id' | 'account_name'>[];
  readonly costs: readonly Row<'account_id' | 'month'>[];
  readonly toDate: readonly Row<'account_id'>[];
}

/** Returns every known account, including those without cost. */
function accountCosts({ infos, costs, toDate }: Answers): AccountCosts[] {
  const names = new Map(infos.map(({ labels }) => [labels.account_id, labels.account_name]));
  const ids = new Set([...infos, ...costs, ...toDate].map(({ labels }) => labels.account_id));
  return [...ids].map((accountId) => {
    const own = costs.filter(({ labels }) => labels.account_id === accountId);
    return {
      accountId,
      // The id comes first, because a long name is cut at its end.
      name: `${accountId} ${names.get(accountId) ?? ''}`.trim(),
      costs: new Map(own.map(({ labels, value }) => [labels.month, value])),
      monthToDate: toDate.find(({ labels }) => labels.account_id === accountId)?.value,
    };
  });
}

/** Returns the newest months of all accounts, the oldest first. */
function lastMonths(costs: Answers['costs']): string[] {
  return [...new Set(costs.map(({ labels }) => labels.month))].sort().slice(-MONTHS);
}

function columns(months: readonly string[]): Column<AccountCosts>[] {
  return [
    ...months.map((month) => ({
      title: month,
      cell: (accounts: readonly AccountCosts[]) => amount(monthSum(accounts, month)),
    })),
    { title: 'Month to date', cell: (accounts) => amount(toDateSum(accounts)) },
  ];
}

function figuresOf({ shown, rest, months, forecasts }: Figures): object {
  const all = [...shown, ...rest];
  const row = (items: readonly AccountCosts[]) => ({
    months: Object.fromEntries(months.map((month) => [month, monthSum(items, month)])),
    monthToDate: toDateSum(items),
  });
  return {
    accounts: shown.map((one) => ({ account: one.name, accountId: one.accountId, ...row([one]) })),
    ...(rest.length > 0 && { more: { count: rest.length, ...row(rest) } }),
    total: row(all),
    forecasts,
  };
}

interface Figures {
  readonly shown: readonly AccountCosts[];
  readonly rest: readonly AccountCosts[];
  readonly months: readonly string[];
  readonly forecasts: readonly Forecast[];
}

function shownCost({ costs }: AccountCosts, months: readonly string[]): number | undefined {
  return sumOf(months.map((month) => costs.get(month)));
}

function monthSum(items: readonly AccountCosts[], month: string): number | undefined {
  return sumOf(items.map(({ costs }) => costs.get(month)));
}

function toDateSum(items: readonly AccountCosts[]): number | undefined {
  return sumOf(items.map(({ monthToDate }) => monthToDate));
}

/** The forecast cost of the running month, for all accounts that one account pays for. */
interface Forecast {
  readonly accountId: string;
  readonly mean?: number;
  readonly lower?: number;
  readonly upper?: number;
}

function forecastsOf(bounds: readonly Row<'account_id' | 'bound'>[]): Forecast[] {
  const payers = new Set(bounds.map(({ labels }) => labels.account_id));
  return [...payers].map((accountId) => {
    const own = bounds.filter(({ labels }) => labels.account_id === accountId);
    return { accountId, ...Object.fromEntries(own.map(({ labels, value }) => [labels.bound, value])) };
  });
}

/** Names the paying account only if there are several. */
function forecastLines(forecasts: readonly Forecast[]): string[] {
  return forecasts.map(({ accountId, mean, lower, upper }) => {
    const whose = forecasts.length > 1 ? ` of ${accountId}` : '';
    return `Forecast${whose} for the end of the month: ${amount(mean)} (${amount(lower)} to ${amount(upper)})`;
  });
}
