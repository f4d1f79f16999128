import { CLOSED_STATES } from '../../../lambdas/catalog/account-states';
import { noneOf, once, series } from '../../../lambdas/promql/selector';
import { aggregate, growth } from '../../../lambdas/promql/vector';
import { showAccountServices } from '../links';
import { COUNT, type Section, SHARE, USD } from '../panel';
import { ofMonth, ofOtherMonths, perDayOf, perDaySoFar } from '../periods';
import { ACCOUNT } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { coloured, GROWTH } from './states';
import { BY_MONTH, MONTH_SO_FAR } from './windows';

/** Returns the section with every account and its cost. */
export function allAccountsSection(): Section {
  return {
    title: 'Accounts',
    panels: [perDay(), againstLastMonth(), twelveMonths(), count(), every()],
  };
}

const toDate = () => once(series('aws_account_month_to_date_billed_cost_usd', ACCOUNT));
const months = () => once(series('aws_account_month_billed_cost_usd', ACCOUNT));
const info = () => once(series('aws_account_info', ACCOUNT));
const open = () => once(series('aws_account_info', { ...ACCOUNT, state: noneOf(CLOSED_STATES) }));

function perDay() {
  return stat({
    title: 'Cost per day, this month',
    description: `The month to date, divided by its days so far. ${MONTH_SO_FAR}`,
    width: 6,
    height: 4,
    value: perDaySoFar(aggregate('sum', toDate())),
    unit: USD,
  });
}

/** Months differ in length and the running month is not over, so only their days can be compared. */
const PACE =
  'Average daily cost of the month to date, compared with the complete month before: yellow from 10 % more, red from 25 %. Monthly charges weigh more early in the month.';

function againstLastMonth() {
  const before = perDayOf(ofMonth(months(), 'last'), 'last');
  return stat({
    title: 'Cost per day, against last month',
    description: `${PACE} ${MONTH_SO_FAR}`,
    width: 6,
    height: 4,
    value: growth(perDaySoFar(aggregate('sum', toDate())), before),
    unit: SHARE,
    steps: GROWTH,
  });
}

function twelveMonths() {
  return stat({
    title: 'Previous twelve months',
    description: `Sum of the complete months, without the running month. ${BY_MONTH}`,
    width: 6,
    height: 4,
    value: ofOtherMonths(months(), 'running'),
    unit: USD,
  });
}

function count() {
  return stat({
    title: 'Open accounts',
    description:
      'Accounts in Organizations, or this account alone. Closed and suspended accounts are omitted; accounts without cost are included.',
    width: 6,
    height: 4,
    value: aggregate('count', aggregate('max', open(), ['account_id'])),
    unit: COUNT,
  });
}

function every() {
  const byAccount = aggregate('sum', toDate(), ['account_id']);
  const last = ofMonth(months(), 'last', ['account_id']);
  return table({
    title: 'Every account',
    description: `A click on an account opens its services and Regions. A closed account is listed while the invoice has it. ${PACE} Month to date: ${MONTH_SO_FAR} Complete months: ${BY_MONTH}`,
    width: 24,
    height: 9,
    columns: [
      { value: info() },
      { title: 'Month to date', unit: USD, value: byAccount },
      { title: 'Last month', unit: USD, value: last },
      {
        title: 'Cost per day, against last month',
        unit: SHARE,
        value: growth(perDaySoFar(byAccount), perDayOf(last, 'last')),
        options: coloured(GROWTH),
      },
      {
        title: 'Previous twelve months',
        unit: USD,
        value: ofOtherMonths(months(), 'running', ['account_id']),
      },
    ],
    labelOptions: { account_id: [showAccountServices] },
    largestFirst: 'Month to date',
  });
}
