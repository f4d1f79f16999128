import type { GroupName } from '../metrics/group';
import { demandMetricName } from './demand-names';

/** A metric with the values that a user's function has given it. */
export interface FilledMetric {
  readonly name: string;
  readonly values: readonly FilledValue[];
}

interface FilledValue {
  /** The name of the series, if it is not that of the metric: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
}

/**
 * Checks the metrics of a user's own group.
 * @throws Error for a registry without metrics, a metric of the catalog, a value that is not finite, and a label that the
 * grouping key would silently overwrite.
 */
export function demandMetrics(group: GroupName, metrics: readonly FilledMetric[]): void {
  if (metrics.length === 0)
    throw new Error(
      "expected metrics in the group's registry, got none: make each with registers: [registry]",
    );
  for (const { name, values } of metrics) {
    demandMetricName(name);
    for (const value of values) demandValue(group, name, value);
  }
}

function demandValue({ job, groupingKey }: GroupName, name: string, { labels, value }: FilledValue): void {
  const series = () => `${name}${JSON.stringify(labels)}`;
  if (!Number.isFinite(value)) throw new RangeError(`${series()}: expected a finite value, got ${value}`);
  for (const [label, key] of Object.entries({ ...groupingKey, job })) {
    const own = labels[label];
    if (own !== undefined && String(own) !== key)
      throw new Error(`${series()}: expected label ${label}="${key}", the value in the grouping key`);
  }
}
