import type { Labels, MetricName } from '../catalog/metrics';

/** One value of one series: plain data, typed by the catalog. */
export type Sample<N extends MetricName = MetricName> = {
  [K in N]: { readonly metric: K; readonly labels: Labels<K>; readonly value: number };
}[N];

/** @throws RangeError for NaN and infinities, which would poison every sum in Prometheus. */
export function sample<N extends MetricName>(metric: N, labels: Labels<N>, value: number): Sample<N> {
  demandFinite({ metric, labels, value });
  return { metric, labels, value };
}

/** One value of a metric that the catalog does not know: it carries its own definition. */
export interface ForeignSample {
  readonly metric: string;
  readonly help: string;
  /** In the order in which they are shown. */
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** @throws RangeError as `sample` does. */
export function foreignSample(foreign: ForeignSample): ForeignSample {
  demandFinite(foreign);
  return foreign;
}

/** What a group holds. */
export type AnySample = Sample | ForeignSample;

function demandFinite({ metric, labels, value }: Omit<ForeignSample, 'help'>): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${metric}${JSON.stringify(labels)}: expected a finite value, got ${value}`);
  }
}
