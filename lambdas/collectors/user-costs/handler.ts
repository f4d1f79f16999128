import { lambdaHandler } from '../../lambda-handler';
import { userCosts } from './collector';
import { userCostsSource } from './source';

export const handler = lambdaHandler('user-costs', {
  collector: (aws, environment) =>
    userCosts(
      userCostsSource(aws, {
        ownerTag: environment.TOLLGATE_OWNER_TAG,
        resourceServices: environment.TOLLGATE_RESOURCE_SERVICES,
        regions: environment.TOLLGATE_REGIONS,
      }),
      {
        ownerTag: environment.TOLLGATE_OWNER_TAG,
        attribution: environment.TOLLGATE_ATTRIBUTION,
        resourceServices: environment.TOLLGATE_RESOURCE_SERVICES,
        costDays: environment.TOLLGATE_COST_DAYS,
        resourceDays: environment.TOLLGATE_RESOURCE_DAYS,
        settleDays: environment.TOLLGATE_SETTLE_DAYS,
        maxSeries: environment.TOLLGATE_MAX_SERIES,
        maxRoleSessions: environment.TOLLGATE_MAX_ROLE_SESSIONS,
      },
    ),
  costExplorerCap: (environment) => environment.TOLLGATE_MAX_REQUESTS,
});
