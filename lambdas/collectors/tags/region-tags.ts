import { OTHER } from '../../catalog/metrics';
import { aggregatedCount } from '../../metrics/aggregated-samples';
import { bounded } from '../../metrics/bounded';
import { type Group, group } from '../../metrics/group';
import { sample } from '../../metrics/sample';

/** A resource with its tags. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

interface RegionTags {
  readonly accountId: string;
  readonly region: string;
  readonly resources: readonly TaggedResource[];
  readonly requiredTags: readonly string[];
  readonly maxInventory: number;
}

/** Returns a Region's numbers of resources and the tags that each lacks. Resources beyond `maxInventory` are counted by tag. */
export function regionTags({ accountId, region, resources, requiredTags, maxInventory }: RegionTags): Group {
  const labels = { account_id: accountId, region };
  const required = [...new Set(requiredTags)].sort();
  const lacking = resources.filter((resource) => required.some((tag) => lacks(resource, tag)));
  const { shown, rest } = bounded(sorted(lacking), maxInventory);
  const amounts = { true: resources.length - lacking.length, false: lacking.length };
  return group('TaggingResourceList', labels, [
    ...COUNTS.map((compliant) => sample('aws_resources', { ...labels, compliant }, amounts[compliant])),
    ...missingTags(shown, required).map((missing) =>
      sample('aws_resource_missing_tag', { ...labels, ...missing }, 1),
    ),
    ...countsByTag(missingTags(rest, required)).map(([tag, count]) =>
      sample('aws_resource_missing_tag', { ...labels, resource: OTHER, tag }, count),
    ),
    aggregatedCount({ labels, list: 'untagged_resources', rest }),
  ]);
}

const COUNTS = ['true', 'false'] as const;

/** Reports whether the resource lacks the tag. A tag without a value counts as missing. */
function lacks({ tags }: TaggedResource, tag: string): boolean {
  return !tags.some(({ key, value }) => key === tag && value !== '');
}

interface MissingTag {
  readonly resource: string;
  readonly tag: string;
}

function sorted(resources: readonly TaggedResource[]): TaggedResource[] {
  return [...resources].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

/** Returns the missing tags by resource, then by tag. */
function missingTags(resources: readonly TaggedResource[], required: readonly string[]): MissingTag[] {
  return resources.flatMap((resource) =>
    required.filter((tag) => lacks(resource, tag)).map((tag) => ({ resource: resource.arn, tag })),
  );
}

function countsByTag(missing: readonly MissingTag[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { tag } of missing) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort();
}
