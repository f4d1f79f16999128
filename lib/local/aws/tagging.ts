import type { TaggedResource } from '../bill/bill';
import type { Operation } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { listOf, optional, structure, text, wholeNumber } from './shape';

interface TagFilter {
  readonly Key: string;
  readonly Values: readonly string[] | undefined;
}

interface GetResourcesInput {
  readonly PaginationToken: string | undefined;
  readonly ResourcesPerPage: number | undefined;
  readonly TagFilters: readonly TagFilter[] | undefined;
}

const readInput = structure<GetResourcesInput>({
  PaginationToken: optional(text),
  ResourcesPerPage: optional(wholeNumber(1, 100)),
  TagFilters: optional(listOf(structure<TagFilter>({ Key: text, Values: optional(listOf(text)) }))),
});

/**
 * Lists the tagged resources of the Region.
 * @param pageSize Most resources on a page, whatever ResourcesPerPage is.
 */
export function getResources(pageSize: number): Operation {
  const tokens = pageTokens({
    unknown: 'PaginationTokenExpiredException',
    changed: 'InvalidParameterException',
  });
  return {
    pageNumber: (input) => tokens.pageNumber(input.PaginationToken),
    answer(input, { region, account: { accountId, resources } }) {
      const { PaginationToken, ResourcesPerPage = pageSize, TagFilters = [] } = readInput(input, '');
      const { items, next } = pageOfList(
        tokens,
        resources.filter(
          (resource) => resource.region === region && TagFilters.every((row) => has(resource, row)),
        ),
        {
          query: JSON.stringify([accountId, region, TagFilters]),
          token: PaginationToken,
          size: Math.min(ResourcesPerPage, pageSize),
        },
      );
      // AWS marks the last page with an empty token instead of omitting the token.
      return { ResourceTagMappingList: items.map(wireResource), PaginationToken: next ?? '' };
    },
  };
}

function has({ tags }: TaggedResource, { Key, Values = [] }: TagFilter): boolean {
  const value = tags[Key];
  return value !== undefined && (Values.length === 0 || Values.includes(value));
}

function wireResource({ arn, tags }: TaggedResource) {
  return { ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
