import type { DashboardPlan } from './dashboard';
import { ACCOUNTS_UID } from './links';
import { allAccountsSection } from './sections/accounts-all';
import { FORECASTS_TITLE, forecastSection } from './sections/accounts-forecast';
import { monthsSection } from './sections/accounts-months';
import { dataSource, linkedAccountChoice } from './variables';

/** Returns the dashboard with the cost of each account by month, and the forecast of the month. */
export function accounts(): DashboardPlan {
  return {
    uid: ACCOUNTS_UID,
    title: 'Tollgate: accounts',
    description: 'AWS cost by account and calendar month, by charge type, and the forecast of the month.',
    variables: [dataSource(), linkedAccountChoice()],
    sections: [allAccountsSection(), monthsSection(), forecastSection()],
    needsHistory: [FORECASTS_TITLE],
  };
}
