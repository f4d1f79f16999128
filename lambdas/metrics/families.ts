import type Registry from 'prom-client/lib/registry';
import type { MetricType } from '../catalog/metrics';

/** A metric of a registry with the values of its series, as data. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly values: readonly FamilyValue[];
}

/** The value of one series. */
interface FamilyValue {
  /** The name of the series, if it is not that of the metric: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Labels;
  readonly value: number;
}

/** The labels of a series. The bounds of buckets and the quantiles are numbers. */
export type Labels = Readonly<Record<string, string | number>>;

/** The families of one group. */
export interface FamilyGroup {
  /** Labels that each series of the group gets: its job and its grouping key. They replace labels of the same name. */
  readonly labels: Readonly<Record<string, string>>;
  readonly families: readonly Family[];
}

/** A family with its values from all groups. */
export interface MergedFamily<G extends FamilyGroup> extends Omit<Family, 'values'> {
  readonly parts: readonly Part<G>[];
}

/** The values that one group has of a family. */
export interface Part<G extends FamilyGroup> {
  readonly group: G;
  readonly values: readonly FamilyValue[];
}

/** Returns the metrics of a registry. */
export async function familiesOf(registry: Registry): Promise<readonly Family[]> {
  // The declarations of prom-client lack the types of metrics and the names of their series.
  return (await registry.getMetricsAsJSON()) as unknown as readonly Family[];
}

/**
 * Returns each family once, in the order of its first group and with the help from there.
 * @throws Error for a family with two types, and for two families whose series would have the same name.
 */
export function mergedFamilies<G extends FamilyGroup>(groups: readonly G[]): readonly MergedFamily<G>[] {
  const merged = new Map<string, MergedFamily<G> & { readonly parts: Part<G>[] }>();
  for (const group of groups) {
    for (const { values, ...family } of group.families) {
      const known = merged.get(family.name) ?? { ...family, parts: [] };
      if (known.type !== family.type) throw new Error(twoTypes(known, { ...family, group }));
      known.parts.push({ group, values });
      merged.set(family.name, known);
    }
  }
  demandDistinctNames([...merged.values()]);
  return [...merged.values()];
}

/** The endings of the names in a family. A counter's name has its `_total` already. */
const ENDINGS: Readonly<Record<MetricType, readonly string[]>> = {
  gauge: [''],
  counter: ['', '_total', '_created'],
  histogram: ['', '_bucket', '_count', '_sum', '_created'],
  summary: ['', '_count', '_sum', '_created'],
};

/** Returns the name of a family in OpenMetrics. */
export function openMetricsName({ name, type }: Pick<Family, 'name' | 'type'>): string {
  return type === 'counter' ? name.replace(/_total$/, '') : name;
}

function demandDistinctNames(families: readonly Pick<Family, 'name' | 'type'>[]): void {
  const owners = new Map<string, string>();
  for (const family of families) {
    for (const ending of ENDINGS[family.type]) {
      const name = openMetricsName(family) + ending;
      const owner = owners.get(name);
      if (owner)
        throw new Error(
          `metric ${family.name}: expected series names of its own, got ${name} also from ${owner}`,
        );
      owners.set(name, family.name);
    }
  }
}

function twoTypes<G extends FamilyGroup>(
  { name, type, parts: [first] }: MergedFamily<G>,
  other: { readonly type: MetricType; readonly group: G },
): string {
  const at = (group?: G) => JSON.stringify(group?.labels);
  return `metric ${name}: expected one type, got ${type} in ${at(first?.group)} and ${other.type} in ${at(other.group)}`;
}
