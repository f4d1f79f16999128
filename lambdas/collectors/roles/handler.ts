import { lambdaHandler } from '../../lambda-handler';
import { roles } from './collector';
import { rolesSource } from './source';

export const handler = lambdaHandler('roles', (aws, settings) => roles(rolesSource(aws, settings), settings));
