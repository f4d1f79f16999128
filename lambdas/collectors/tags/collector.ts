import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector, Findings } from '../../collector';
import { eachRegion } from '../../each-region';
import { failure } from '../../failure';
import { regionTags, type TaggedResource } from './region-tags';

/** Access to the tagged resources of each Region. */
export interface TagsSource {
  /** Returns the Regions to read. */
  regions(): Promise<readonly string[]>;
  /** Returns the resources that the Tagging API lists: those that have a tag or once had one. */
  resources(region: string): Promise<readonly TaggedResource[]>;
}

type TagsSettings = CollectorSettings<'tags'>;

/** Collects the resources that lack a required tag, by Region. */
export function tags(source: TagsSource, settings: TagsSettings): Collector {
  return async ({ accountId }) => {
    try {
      return await everyRegion(accountId, source, settings);
    } catch (error) {
      return { groups: [], failures: [failure('tags', error)] };
    }
  };
}

/** Returns the groups of Regions with resources. A complete run deletes the old groups of the others. */
async function everyRegion(accountId: string, source: TagsSource, settings: TagsSettings): Promise<Findings> {
  const ask = (region: string) => source.resources(region);
  const { answers, failures, unreachable } = await eachRegion(await source.regions(), 'tags', ask);
  const groups = answers
    .filter(({ answer }) => answer.length > 0)
    .map(({ region, answer }) => regionTags({ ...settings, accountId, region, resources: answer }));
  const unavailable = unreachable.map(
    (region) => ({ part: 'tags', jobs: ['TaggingResourceList'], region }) as const,
  );
  return { groups, failures, unavailable };
}
