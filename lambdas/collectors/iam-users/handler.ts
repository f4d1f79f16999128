import { lambdaHandler } from '../../lambda-handler';
import { iamUsers } from './collector';
import { iamUsersSource } from './source';

export const handler = lambdaHandler('iam-users', {
  collector: (aws, environment) =>
    iamUsers(iamUsersSource(aws), { maxSeries: environment.TOLLGATE_MAX_SERIES }),
  costExplorerCap: () => 0,
});
