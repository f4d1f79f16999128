import { ZERO_USD } from '../../domain/amounts';
import type { Group, GroupName } from '../group';
import { type Sum, sumBy } from '../group-by';
import type { AnySample, ForeignSample } from '../sample';
import {
  type Counterpart,
  publishedUsd,
  samplesIn,
  samplesOf,
  type Xc3Account,
  type Xc3Run,
} from './counterpart';
import { periodEnd, pythonFloat } from './labels';
import { row } from './metrics';

/** The cost of each account by month of the calendar year: one group for all accounts, and one for each account of a member. */
export const accountMonths: Counterpart = {
  job: 'Total_Account_Cost',
  names: (account) => [nameOf(account)],
  groups(found, run) {
    if (!run.complete) return [];
    const months = monthsIn(found.flatMap(samplesIn), run);
    if (!run.isMember) return [groupOf(run, months)];
    const ids = new Set(months.map(({ key }) => key.account_id));
    return [...ids].map((accountId) =>
      groupOf(
        { ...run, accountId },
        months.filter(({ key }) => key.account_id === accountId),
      ),
    );
  },
};

/** Returns the name of a group. Its key has the format of the label, because the two must be equal. */
function nameOf({ isMember, detailOf, accountId }: Xc3Account): GroupName {
  return { job: 'Total_Account_Cost', groupingKey: isMember ? { account_id: detailOf(accountId) } : {} };
}

function groupOf(run: Xc3Run, months: readonly AccountMonth[]): Group {
  return { ...nameOf(run), samples: months.map((month) => toRow(month, run)) };
}

type AccountMonth = Sum<{ readonly account_id: string; readonly month: string }, unknown>;

/** Returns the months of the last day's year only, because XC3 names months without a year. */
function monthsIn(samples: readonly AnySample[], run: Xc3Run): AccountMonth[] {
  const year = new Date(periodEnd(samples, run).getTime() - 1).getUTCFullYear();
  const charges = samplesOf('aws_account_month_charge_billed_cost_usd', samples)
    .filter(({ labels }) => labels.month.startsWith(`${year}-`))
    .map(({ labels, value }) => ({
      ...labels,
      usd: NOT_SPENT.has(labels.charge_type) ? ZERO_USD : publishedUsd(value),
    }));
  return sumBy(charges, ({ account_id, month }) => ({ account_id, month }));
}

/** The charge types that XC3 excludes. */
const NOT_SPENT: ReadonlySet<string> = new Set(['Credit', 'Refund']);

function toRow({ key, usd }: AccountMonth, { detailOf }: Xc3Run): ForeignSample {
  const month = MONTHS[Number(key.month.slice(5)) - 1] ?? key.month;
  const value = usd.toNumber();
  const labels = { month, cost: pythonFloat(value), account_id: detailOf(key.account_id) };
  return row('Total_Account_Cost', labels, value);
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
