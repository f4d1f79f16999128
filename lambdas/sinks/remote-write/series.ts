import { familiesOf, type Labels } from '../../metrics/families';
import type { GroupName } from '../../metrics/group';
import type { RegisteredGroup } from '../../metrics/registered-group';
import { PushError } from '../push-error';
import type { LabelSet } from '../sink';

/** A series with its only sample. */
export interface Series {
  /** Sorted by name, and without empty values, as the receiver compares them. */
  readonly labels: LabelSet;
  readonly value: number;
}

/**
 * Returns the series of a group. Its job and its grouping key become labels, as a gateway adds them.
 * @throws PushError for a value that is not finite: a NaN is how a series ends.
 */
export async function seriesOf(group: RegisteredGroup): Promise<readonly Series[]> {
  const own = { ...group.groupingKey, job: group.job };
  return (await familiesOf(group.registry)).flatMap(({ name, values }) =>
    values.map(({ metricName = name, labels, value }) => {
      demandFinite(group, metricName, { labels, value });
      return { labels: labelSet({ ...labels, ...own, __name__: metricName }), value };
    }),
  );
}

/** Returns a string that is the same for equal label sets. */
function seriesId(labels: LabelSet): string {
  return JSON.stringify(labels);
}

/** Returns the sets of the first list that the second list lacks. */
export function without(sets: readonly LabelSet[], others: readonly LabelSet[]): LabelSet[] {
  const known = new Set(others.map(seriesId));
  return sets.filter((labels) => !known.has(seriesId(labels)));
}

/** Sorts names by their code units, which for names of Prometheus is the order of their bytes. */
function labelSet(labels: Labels): LabelSet {
  const set: Record<string, string> = {};
  for (const name of Object.keys(labels).sort()) {
    const value = String(labels[name]);
    if (value !== '') set[name] = value;
  }
  return set;
}

function demandFinite(
  group: GroupName,
  name: string,
  { labels, value }: { readonly labels: Labels; readonly value: number },
): void {
  if (Number.isFinite(value)) return;
  throw new PushError(group, `${name}${JSON.stringify(labels)}: expected a finite value, got ${value}`);
}
