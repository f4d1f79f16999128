import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  ResourceGroupsTaggingAPIClient,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { wellFormed } from '../domain/well-formed';
import type { AwsAccess } from './access';
import { AnswerError, listIn } from './answer-error';
import { pagesOf } from './pages';

interface TaggedResource {
  readonly arn: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** Returns the resources that the Region's Tagging API lists, each once. A resource may move to the next page meanwhile. */
export async function taggedResources(
  aws: AwsAccess,
  region: string,
  { TagFilters }: Pick<GetResourcesCommandInput, 'TagFilters'> = {},
): Promise<TaggedResource[]> {
  const client = aws.client(ResourceGroupsTaggingAPIClient, { region });
  const pages = pagesOf(OPERATION, {
    request: (PaginationToken) =>
      client.send(new GetResourcesCommand({ TagFilters, ResourcesPerPage: 100, PaginationToken }), {
        abortSignal: aws.signal,
      }),
    tokenOf: ({ PaginationToken }) => PaginationToken,
  });
  const resources = new Map<string, TaggedResource>();
  for await (const { ResourceTagMappingList } of pages)
    for (const mapping of listIn(OPERATION, { ResourceTagMappingList })) {
      const resource = resourceOf(mapping);
      resources.set(resource.arn, resource);
    }
  return [...resources.values()];
}

const OPERATION = 'tag:GetResources';

function resourceOf({ ResourceARN: arn, Tags = [] }: ResourceTagMapping): TaggedResource {
  if (!arn) throw new AnswerError(`${OPERATION}: expected ResourceARN of each resource, got none`);
  const tags = Tags.map(({ Key = '', Value = '' }) => ({ key: wellFormed(Key), value: wellFormed(Value) }));
  return { arn: wellFormed(arn), tags };
}
