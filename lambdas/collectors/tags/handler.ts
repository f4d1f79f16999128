import { lambdaHandler } from '../../lambda-handler';
import { tags } from './collector';
import { tagsSource } from './source';

export const handler = lambdaHandler('tags', {
  collector: (aws, environment) =>
    tags(tagsSource(aws, environment.TOLLGATE_REGIONS), {
      requiredTags: environment.TOLLGATE_REQUIRED_TAGS,
      maxSeries: environment.TOLLGATE_MAX_SERIES,
    }),
  costExplorerCap: () => 0,
});
