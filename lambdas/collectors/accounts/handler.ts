import { lambdaHandler } from '../../lambda-handler';
import { accounts } from './collector';
import { accountsSource } from './source';

export const handler = lambdaHandler('accounts', (aws, settings) => accounts(accountsSource(aws), settings));
