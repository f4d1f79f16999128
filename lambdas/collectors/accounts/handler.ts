import { lambdaHandler } from '../../lambda-handler';
import { accounts } from './collector';
import { accountsSource } from './source';

export const handler = lambdaHandler('accounts', {
  collector: (aws, environment) =>
    accounts(accountsSource(aws), { settleDays: environment.TOLLGATE_SETTLE_DAYS }),
  costExplorerCap: (environment) => environment.TOLLGATE_MAX_REQUESTS,
});
