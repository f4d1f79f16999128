import type { AwsAccess } from '../../aws/access';
import { regionsToAsk } from '../../aws/enabled-regions';
import { taggedResources } from '../../aws/tagged-resources';
import type { Settings } from '../../catalog/settings';
import type { TagsSource } from './collector';

/** Reads all resources from the Tagging API of each Region. */
export function tagsSource(aws: AwsAccess, { regions }: Pick<Settings, 'regions'>): TagsSource {
  return {
    regions: () => regionsToAsk(aws, regions),
    resources: (region) => taggedResources(aws, region),
  };
}
