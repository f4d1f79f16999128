import type { Labels, MetricName } from '../catalog/metrics';

/** One value of one series: plain data, typed by the catalog. */
export type Sample<N extends MetricName = MetricName> = {
  [K in N]: { readonly metric: K; readonly labels: Labels<K>; readonly value: number };
}[N];

/** @throws RangeError for NaN and infinities, which would poison every sum in Prometheus. */
export function sample<N extends MetricName>(metric: N, labels: Labels<N>, value: number): Sample<N> {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${metric}${JSON.stringify(labels)}: expected a finite value, got ${value}`);
  }
  return { metric, labels, value };
}
