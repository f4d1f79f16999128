import type { Labels, ObservedMetric, ValueMetric } from '../catalog/metrics';

/** One value of one series of a gauge or a counter, typed by the catalog. */
export type Sample<N extends ValueMetric = ValueMetric> = {
  [K in N]: { readonly metric: K; readonly labels: Labels<K>; readonly value: number };
}[N];

/** The observations of a histogram or a summary with one set of labels, typed by the catalog. */
export type Observed<N extends ObservedMetric = ObservedMetric> = {
  [K in N]: { readonly metric: K; readonly labels: Labels<K>; readonly observations: readonly number[] };
}[N];

/**
 * Returns a sample of a catalog metric.
 * @throws RangeError for NaN and infinities, which would make every sum in Prometheus useless.
 */
export function sample<N extends ValueMetric>(metric: N, labels: Labels<N>, value: number): Sample<N> {
  demandFinite({ metric, labels, value });
  return { metric, labels, value };
}

/**
 * Returns the observations of a catalog metric with one set of labels.
 * @throws RangeError for NaN and infinities.
 */
export function observed<N extends ObservedMetric>(
  metric: N,
  labels: Labels<N>,
  observations: readonly number[],
): Observed<N> {
  for (const value of observations) demandFinite({ metric, labels, value });
  return { metric, labels, observations };
}

/** One value of a metric outside the catalog, with its own definition. */
export interface ForeignSample {
  readonly metric: string;
  readonly help: string;
  /** Labels in the order of the exposition. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Returns the sample unchanged.
 * @throws RangeError for NaN and infinities.
 */
export function foreignSample(foreign: ForeignSample): ForeignSample {
  demandFinite(foreign);
  return foreign;
}

/** A sample of any group. */
export type AnySample = Sample | ForeignSample;

function demandFinite({ metric, labels, value }: Omit<ForeignSample, 'help'>): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${metric}${JSON.stringify(labels)}: expected a finite value, got ${value}`);
  }
}
