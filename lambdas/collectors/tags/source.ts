import {
  type GetResourcesCommandInput,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { AwsAccess } from '../../aws/access';
import { regionsToAsk } from '../../aws/enabled-regions';
import type { Settings } from '../../catalog/settings';
import type { TagsSource } from './collector';
import type { TaggedResource } from './region-tags';

/** Reads all resources from the Tagging API of each Region. */
export function tagsSource(aws: AwsAccess, { regions }: Pick<Settings, 'regions'>): TagsSource {
  return {
    regions: () => regionsToAsk(aws, regions),

    async resources(region) {
      const paginator = { client: aws.client(ResourceGroupsTaggingAPIClient, { region }) };
      // Keyed by ARN, because a resource may move to the next page while the pages are read.
      const resources = new Map<string, TaggedResource>();
      for await (const page of paginateGetResources(
        paginator,
        { ...EVERYTHING },
        { abortSignal: aws.signal },
      )) {
        for (const mapping of page.ResourceTagMappingList ?? []) {
          const resource = resourceOf(mapping);
          resources.set(resource.arn, resource);
        }
      }
      return [...resources.values()];
    },
  };
}

// Copied for each use, because the SDK's paginators write their tokens into the input.
const EVERYTHING: GetResourcesCommandInput = { ResourcesPerPage: 100 };

function resourceOf({ ResourceARN: arn, Tags = [] }: ResourceTagMapping): TaggedResource {
  if (!arn) throw new Error('tag:GetResources: expected ResourceARN of each resource, got none');
  return { arn, tags: Tags.map(({ Key: key = '', Value: value = '' }) => ({ key, value })) };
}
