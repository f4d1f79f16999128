import { once, series } from '../../../lambdas/promql/selector';
import { aggregate, growth } from '../../../lambdas/promql/vector';
import { showAccountServices } from '../links';
import { COUNT, type Section, SHARE, USD } from '../panel';
import { ofMonth, ofOtherMonths, perDayOf, perDaySoFar } from '../periods';
import { ACCOUNT } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { coloured, GROWTH } from './states';
import { BY_MONTH, MONTH_SO_FAR } from './windows';

/** Which accounts there are, and what each cost. */
export function allAccountsSection(): Section {
  return {
    title: 'Accounts',
    panels: [perDay(), againstLastMonth(), twelveMonths(), count(), every()],
  };
}

const toDate = () => once(series('aws_account_month_to_date_billed_cost_usd', ACCOUNT));
const months = () => once(series('aws_account_month_billed_cost_usd', ACCOUNT));
const info = () => once(series('aws_account_info', ACCOUNT));

function perDay() {
  return stat({
    title: 'A day, this month',
    description: `The month to date, divided by its days so far. ${MONTH_SO_FAR}`,
    width: 6,
    height: 4,
    value: perDaySoFar(aggregate('sum', toDate())),
    unit: USD,
  });
}

/** Months are of different lengths, and the running one is not over: only their days can be compared. */
const PACE =
  'Cost a day of the month to date against cost a day of the whole month before: yellow from a tenth more, red from a quarter. Charges that come once a month weigh more the younger the month is.';

function againstLastMonth() {
  const before = perDayOf(ofMonth(months(), 'last'), 'last');
  return stat({
    title: 'A day, against last month',
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
    title: 'Twelve months before',
    description: `All whole months together, without the running one. ${BY_MONTH}`,
    width: 6,
    height: 4,
    value: ofOtherMonths(months(), 'running'),
    unit: USD,
  });
}

function count() {
  return stat({
    title: 'Accounts that are open',
    description:
      'As Organizations lists them, or just the one that asked. Closed and suspended accounts are left out, accounts without cost are not.',
    width: 6,
    height: 4,
    value: aggregate('count', aggregate('max', info(), ['account_id'])),
    unit: COUNT,
  });
}

function every() {
  const byAccount = aggregate('sum', toDate(), ['account_id']);
  const last = ofMonth(months(), 'last', ['account_id']);
  return table({
    title: 'Every account',
    description: `A click on an account opens its services and Regions. ${PACE} Month to date: ${MONTH_SO_FAR} Whole months: ${BY_MONTH}`,
    width: 24,
    height: 9,
    columns: [
      { value: info() },
      { title: 'Month to date', unit: USD, value: byAccount },
      { title: 'Last month', unit: USD, value: last },
      {
        title: 'A day, against last month',
        unit: SHARE,
        value: growth(perDaySoFar(byAccount), perDayOf(last, 'last')),
        options: coloured(GROWTH),
      },
      {
        title: 'Twelve months before',
        unit: USD,
        value: ofOtherMonths(months(), 'running', ['account_id']),
      },
    ],
    labelOptions: { account_id: [showAccountServices] },
    largestFirst: 'Month to date',
  });
}
