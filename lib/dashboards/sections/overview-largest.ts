import { is, once, series } from '../../../lambdas/promql/selector';
import { aggregate, share } from '../../../lambdas/promql/vector';
import { showAccount, showAccountServices } from '../links';
import { matrixBars } from '../matrix-bars';
import { type Section, SHARE, USD } from '../panel';
import { ofMonth } from '../periods';
import { A_SERVICE, ACCOUNT } from '../selection';
import { table } from '../table';
import { coloured, UNATTRIBUTED_SHARE } from './states';
import { BY_MONTH, COST_WINDOW, MONTH_SO_FAR } from './windows';

/** Returns the section with the largest parts of the cost. */
export function largestSection(): Section {
  return { title: 'Largest parts', panels: [accounts(), services(), regions(), unattributed()] };
}

function accounts() {
  const info = aggregate('max', once(series('aws_account_info', ACCOUNT)), ['account_id', 'account_name']);
  const toDate = once(series('aws_account_month_to_date_billed_cost_usd', ACCOUNT));
  const months = once(series('aws_account_month_billed_cost_usd', ACCOUNT));
  return table({
    title: 'Accounts, this month and the last',
    description: `A click on an account opens its months. Month to date: ${MONTH_SO_FAR} Last month: ${BY_MONTH}`,
    width: 12,
    height: 9,
    columns: [
      { value: info },
      { title: 'Month to date', unit: USD, value: aggregate('sum', toDate, ['account_id']) },
      { title: 'Last month', unit: USD, value: ofMonth(months, 'last', ['account_id']) },
    ],
    labelOptions: { account_id: [showAccount] },
    largestFirst: 'Month to date',
    sums: true,
  });
}

function services() {
  const costs = series('aws_service_month_to_date_billed_cost_usd', { ...ACCOUNT, service: A_SERVICE });
  return matrixBars({
    title: 'Services this month, stacked by Region',
    description: `The 10 most expensive services, without those aggregated into \`__other__\`. ${MONTH_SO_FAR}`,
    width: 12,
    height: 9,
    value: aggregate('sum', once(costs), ['service', 'region']),
    row: 'service',
    column: 'region',
    unit: USD,
    limit: 10,
  });
}

function regions() {
  const costs = series('aws_service_month_to_date_billed_cost_usd', ACCOUNT);
  return matrixBars({
    title: 'Regions this month, stacked by account',
    description: `The 10 most expensive Regions. \`global\` and \`NoRegion\` are charges without a Region. ${MONTH_SO_FAR}`,
    width: 12,
    height: 9,
    value: aggregate('sum', once(costs), ['region', 'account_id']),
    row: 'region',
    column: 'account_id',
    unit: USD,
    limit: 10,
  });
}

function unattributed() {
  const all = aggregate('sum', once(series('aws_cost_attributed_usd', ACCOUNT)), ['account_id']);
  const none = series('aws_cost_attributed_usd', { ...ACCOUNT, method: is('none') });
  const withoutOwner = aggregate('sum', once(none), ['account_id']);
  return table({
    title: 'Unattributed cost, by account',
    description: `Cost for which no attribution rule found an owner, and its share of the total: yellow from 10 %, red from 25 %. A click on an account opens its services. ${COST_WINDOW}`,
    width: 12,
    height: 9,
    columns: [
      { title: 'Cost', unit: USD, value: all },
      { title: 'Unattributed', unit: USD, value: withoutOwner },
      { title: 'Share', unit: SHARE, value: share(withoutOwner, all), options: coloured(UNATTRIBUTED_SHARE) },
    ],
    labelOptions: { account_id: [showAccountServices] },
    largestFirst: 'Unattributed',
  });
}
