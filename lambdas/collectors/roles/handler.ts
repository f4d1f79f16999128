import { lambdaHandler } from '../../lambda-handler';
import { roles } from './collector';
import { rolesSource } from './source';

export const handler = lambdaHandler('roles', {
  collector: (aws, environment) =>
    roles(
      rolesSource(aws, {
        resourceServices: environment.TOLLGATE_RESOURCE_SERVICES,
        regions: environment.TOLLGATE_REGIONS,
      }),
      {
        roleCosts: environment.TOLLGATE_ROLE_COSTS,
        resourceDays: environment.TOLLGATE_RESOURCE_DAYS,
        settleDays: environment.TOLLGATE_SETTLE_DAYS,
        maxSeries: environment.TOLLGATE_MAX_SERIES,
      },
    ),
  costExplorerCap: (environment) => environment.TOLLGATE_MAX_REQUESTS,
});
