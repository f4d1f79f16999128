import { lambdaHandler } from '../../lambda-handler';
import { projects } from './collector';
import { projectsSource } from './source';

export const handler = lambdaHandler('projects', {
  collector: (aws, environment) =>
    projects(
      projectsSource(aws, {
        projectTag: environment.TOLLGATE_PROJECT_TAG,
        regions: environment.TOLLGATE_REGIONS,
      }),
      {
        projectDays: environment.TOLLGATE_PROJECT_DAYS,
        settleDays: environment.TOLLGATE_SETTLE_DAYS,
        usageTypesOf: environment.TOLLGATE_PROJECT_USAGE_TYPES,
        maxSeries: environment.TOLLGATE_MAX_SERIES,
      },
    ),
  costExplorerCap: (environment) => environment.TOLLGATE_MAX_REQUESTS,
});
