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
export interface FamilyValue {
  /** The name of the series, if it is not that of the metric: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  /** The bounds of buckets and the quantiles are numbers. */
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Returns the metrics of a registry. */
export async function familiesOf(registry: Registry): Promise<readonly Family[]> {
  // The declarations of prom-client lack the types of metrics and the names of their series.
  return (await registry.getMetricsAsJSON()) as unknown as readonly Family[];
}
