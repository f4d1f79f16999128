import { lambdaHandler } from '../../lambda-handler';
import { iamUsers } from './collector';
import { iamUsersSource } from './source';

export const handler = lambdaHandler('iam-users', (aws, settings) => iamUsers(iamUsersSource(aws), settings));
