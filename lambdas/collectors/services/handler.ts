import { lambdaHandler } from '../../lambda-handler';
import { services } from './collector';
import { servicesSource } from './source';

export const handler = lambdaHandler('services', {
  collector: (aws, environment) =>
    services(servicesSource(aws, { regions: environment.TOLLGATE_REGIONS }), {
      costDays: environment.TOLLGATE_COST_DAYS,
      settleDays: environment.TOLLGATE_SETTLE_DAYS,
      maxSeries: environment.TOLLGATE_MAX_SERIES,
    }),
  costExplorerCap: (environment) => environment.TOLLGATE_MAX_REQUESTS,
});
