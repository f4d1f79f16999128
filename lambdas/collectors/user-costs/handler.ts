import { lambdaHandler } from '../../lambda-handler';
import { userCosts } from './collector';
import { userCostsSource } from './source';

export const handler = lambdaHandler('user-costs', (aws, settings) =>
  userCosts(userCostsSource(aws, settings), settings),
);
