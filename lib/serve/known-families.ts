import { type Family, type FamilyGroup, mergedFamilies } from '../../lambdas/metrics/families';

/** The families of everything that is served together. */
export interface KnownFamilies {
  /**
   * Adds the families of a group.
   * @throws Error for a family that the exporter has itself, for one that cannot be served beside the known ones, and for one that is
   * collected in both ways.
   */
  add(group: FamilyGroup, way: Way): void;
}

/** The way in which a family is collected. A scrape writes each family once, so runs and collectors at scrape time share none. */
type Way = 'on a schedule' | `at each scrape by ${string}`;

/** A family without values, and the way in which it is collected. */
interface Known {
  readonly type: Family['type'];
  readonly way: Way;
}

/**
 * Returns the families that are known so far, without their values.
 * @param own The names of the exporter's own families.
 */
export function knownFamilies(own: readonly string[]): KnownFamilies {
  const reserved = new Set(own);
  const known = new Map<string, Known>();
  let merged: FamilyGroup = { labels: {}, families: [] };
  return {
    add(group, way) {
      for (const { name } of group.families) demandOneWay(name, way, known.get(name)?.way);
      const news = group.families.filter(({ name, type }) => known.get(name)?.type !== type);
      if (news.length === 0) return;
      for (const { name } of news) if (reserved.has(name)) throw new Error(taken(name));
      const families = mergedFamilies([merged, { ...group, families: news.map(withoutValues) }]);
      merged = { labels: {}, families: families.map((family) => withoutValues({ ...family, values: [] })) };
      for (const { name, type } of news) known.set(name, { type, way });
    },
  };
}

function withoutValues({ name, help, type }: Family): Family {
  return { name, help, type, values: [] };
}

function demandOneWay(name: string, way: Way, other: Way = way): void {
  if (way === other) return;
  throw new Error(`metric ${name}: expected to be collected ${other}, got it also ${way}; rename the metric`);
}

function taken(name: string): string {
  return `metric ${name}: expected a name that the exporter does not use for its own process; rename the metric`;
}
