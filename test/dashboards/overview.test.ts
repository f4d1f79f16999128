import { accounts } from '../../lib/dashboards/accounts';
import { type DashboardPlan, toDashboard } from '../../lib/dashboards/dashboard';
import { overview } from '../../lib/dashboards/overview';
import { expressions } from '../support/expressions';
import { answers, type DailySeries } from '../support/promql-answer';
import { SETTINGS } from './models';

const ACCOUNT = 'account_id="111122223333"';
const OTHER_ACCOUNT = 'account_id="222233334444"';
const month = (name: string, account = ACCOUNT) =>
  `aws_account_month_billed_cost_usd{${account}, month="${name}"}`;
const TO_DATE = `aws_account_month_to_date_billed_cost_usd{${ACCOUNT}}`;
const FORECAST = `aws_account_month_forecast_billed_cost_usd{${ACCOUNT}, bound="mean"}`;

const MONTHS: DailySeries = {
  [month('2025-11')]: '1000',
  [month('2025-12')]: '310',
  [month('2026-01')]: '620',
  [month('2026-01', OTHER_ACCOUNT)]: '31',
  [month('2026-02')]: '280',
  [month('2026-03')]: '150',
  [TO_DATE]: '150',
  [FORECAST]: '420',
};

interface MonthCase {
  readonly title: string;
  /** The end of the costs, exclusive. */
  readonly until: string;
  readonly expected: number;
}

test.each<[string, MonthCase]>([
  ['the last month is the one before', { title: 'Last month', until: '2026-03-16', expected: 280 }],
  [
    'of all accounts, and on the first the month that ended is not yet the last',
    { title: 'Last month', until: '2026-03-01', expected: 651 },
  ],
  ['across the year', { title: 'Last month', until: '2026-01-02', expected: 310 }],
  [
    'a forecast compares with the month before its own',
    { title: 'Forecast against the month before', until: '2026-03-16', expected: 0.5 },
  ],
  [
    'a forecast of the first is of the month that begins',
    { title: 'Forecast against the month before', until: '2026-03-01', expected: 0.5 },
  ],
])('months: %s', async (_, { title, until, expected }) => {
  const series = { ...MONTHS, [periodEnd('account')]: `${seconds(until)}` };
  expect(await answers(exprOf(overview(SETTINGS), title), { series, day: 0, expected })).toMatch(/SUCCESS/);
});

test.each<[string, MonthCase]>([
  ['of the days so far', { title: 'Cost per day, this month', until: '2026-03-16', expected: 10 }],
  [
    'of a month of 28 days, whatever the length of the running one',
    { title: 'Cost per day, against last month', until: '2026-03-11', expected: 0.5 },
  ],
  [
    'complete months are those that are over',
    { title: 'Previous twelve months', until: '2026-03-16', expected: 2241 },
  ],
])('a day: %s', async (_, { title, until, expected }) => {
  const series = { ...MONTHS, [periodEnd('account')]: `${seconds(until)}` };
  expect(await answers(exprOf(accounts(), title), { series, day: 0, expected })).toMatch(/SUCCESS/);
});

test('two installations that watch one account count its cost once', async () => {
  const series = {
    [`aws_account_month_to_date_billed_cost_usd{${ACCOUNT}, deployment="a"}`]: '150',
    [`aws_account_month_to_date_billed_cost_usd{${ACCOUNT}, deployment="b"}`]: '150',
  };
  const expected = 150;
  expect(await answers(exprOf(overview(SETTINGS), 'Month to date'), { series, day: 0, expected })).toMatch(
    /SUCCESS/,
  );
});

const LAST_DAY = `aws_region_day_billed_cost_usd{${ACCOUNT}, region="global", days_before_period_end="0"}`;

test.each<[string, string, number | undefined]>([
  ['a day and its weekday of a week before', '0+86400x7', 0.5],
  ['nothing if a run did not move the period, so weekdays differ', '0+86400x6 518400', undefined],
  ['nothing without a week of history', '_x6 518400 604800', undefined],
])('a week compares %s', async (_, ends, expected) => {
  const series = { [LAST_DAY]: '10 20 20 20 20 20 20 15', [periodEnd('user')]: ends };
  const expr = exprOf(overview(SETTINGS), 'Last day against a week before');
  expect(await answers(expr, { series, day: 7, expected })).toMatch(/SUCCESS/);
});

function periodEnd(breakdown: string): string {
  return `tollgate_breakdown_period_end_timestamp_seconds{${ACCOUNT}, breakdown="${breakdown}"}`;
}

function seconds(day: string): number {
  return Date.parse(day) / 1000;
}

function exprOf(plan: DashboardPlan, title: string): string {
  const found = expressions(toDashboard(plan, 'scraped')).find((expression) => expression.title === title);
  if (!found) throw new Error(`expected a panel ${title} in ${plan.title}`);
  return found.expr;
}
