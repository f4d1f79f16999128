import { type Family, type FamilyGroup, mergedFamilies } from '../../lambdas/metrics/families';

/** The families of everything that is served together. */
export interface KnownFamilies {
  /**
   * Adds the families of a group.
   * @throws Error for a family that the exporter has itself, and for one that cannot be served beside the known ones.
   */
  add(group: FamilyGroup): void;
}

/**
 * Returns the families that are known so far, without their values.
 * @param own The names of the exporter's own families.
 */
export function knownFamilies(own: readonly string[]): KnownFamilies {
  const reserved = new Set(own);
  let known: FamilyGroup = { labels: {}, families: [] };
  let types: ReadonlyMap<string, Family['type']> = new Map();
  return {
    add(group) {
      const news = group.families.filter(({ name, type }) => types.get(name) !== type);
      if (news.length === 0) return;
      for (const { name } of news) if (reserved.has(name)) throw new Error(taken(name));
      const families = mergedFamilies([known, { ...group, families: news.map(withoutValues) }]);
      known = { labels: {}, families: families.map((family) => withoutValues({ ...family, values: [] })) };
      types = new Map(families.map(({ name, type }) => [name, type]));
    },
  };
}

function withoutValues({ name, help, type }: Family): Family {
  return { name, help, type, values: [] };
}

function taken(name: string): string {
  return `metric ${name}: expected a name that the exporter does not use for its own process; rename the metric`;
}
