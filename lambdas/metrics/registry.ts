import Counter from 'prom-client/lib/counter';
import Gauge from 'prom-client/lib/gauge';
import Histogram from 'prom-client/lib/histogram';
import Registry from 'prom-client/lib/registry';
import Summary from 'prom-client/lib/summary';
import { METRICS, type MetricDefinition, type MetricType } from '../catalog/metrics';
import { demandDistinctSeries } from './distinct-series';
import type { Group } from './group';
import type { AnySample, Observed } from './sample';

/**
 * Returns a fresh registry with the metrics of one group.
 * @throws Error for two samples of one series, of which a gauge would keep the last and a counter the sum, and for a label that
 * the grouping key would silently overwrite.
 */
export function toRegistry({ job, groupingKey, samples, observed = [] }: Group): Registry {
  const registry = new Registry();
  const metrics = new Map<string, PromMetric>();
  const key = Object.entries(groupingKey);
  const metricOf = (given: AnySample | Observed) => {
    for (const pair of key) checkAgainstKey(job, given, pair);
    return known(metrics, registry, given);
  };
  for (const sample of samples) metricOf(sample).set(sample.labels, sample.value);
  demandDistinctSeries(
    [...metrics.values()].reduce((sum, { series }) => sum + series(), 0),
    samples,
  );
  for (const one of observed) {
    const metric = metricOf(one);
    for (const value of one.observations) metric.set(one.labels, value);
  }
  return registry;
}

/** A metric of prom-client that takes one value at a time. */
interface PromMetric {
  set(labels: object, value: number): void;
  /** Returns the number of series. */
  series(): number;
}

function known(
  metrics: Map<string, PromMetric>,
  registry: Registry,
  given: AnySample | Observed,
): PromMetric {
  const made = metrics.get(given.metric);
  if (made) return made;
  const { type = 'gauge', labels, ...definition } = definitionOf(given);
  const metric = MAKERS[type]({
    ...definition,
    name: given.metric,
    labelNames: [...labels],
    registers: [registry],
  });
  metrics.set(given.metric, metric);
  return metric;
}

type Definition = Pick<MetricDefinition, 'help' | 'type' | 'buckets' | 'quantiles'> & {
  readonly labels: readonly string[];
};

interface Configuration extends Pick<Definition, 'help' | 'buckets' | 'quantiles'> {
  readonly name: string;
  readonly labelNames: string[];
  readonly registers: Registry[];
}

/** Makes the metric of prom-client for each type. */
const MAKERS: Readonly<Record<MetricType, (configuration: Configuration) => PromMetric>> = {
  gauge(configuration) {
    const gauge = new Gauge(configuration);
    return { set: (labels, value) => gauge.set(labels, value), series: () => seriesIn(gauge) };
  },
  counter(configuration) {
    const counter = new Counter(configuration);
    return { set: (labels, value) => counter.inc(labels, value), series: () => seriesIn(counter) };
  },
  histogram({ buckets, ...configuration }) {
    const histogram = new Histogram({ ...configuration, ...(buckets && { buckets: [...buckets] }) });
    return { set: (labels, value) => histogram.observe(labels, value), series: () => seriesIn(histogram) };
  },
  summary({ quantiles, ...configuration }) {
    const summary = new Summary({ ...configuration, ...(quantiles && { percentiles: [...quantiles] }) });
    return { set: (labels, value) => summary.observe(labels, value), series: () => seriesIn(summary) };
  },
};

/** Returns the number of label sets of a metric, which prom-client keeps in a member that its declarations lack. */
function seriesIn(metric: object): number {
  return Object.keys((metric as { readonly hashMap: object }).hashMap).length;
}

function definitionOf(given: AnySample | Observed): Definition {
  if ('help' in given) return { help: given.help, labels: Object.keys(given.labels) };
  return METRICS[given.metric];
}

function checkAgainstKey(job: string, given: AnySample | Observed, [label, key]: [string, string]): void {
  const value = (given.labels as Readonly<Record<string, string>>)[label];
  if (value === undefined || value === key) return;
  throw new Error(
    `${given.metric} in ${job}: expected label ${label}="${key}", the value in the grouping key, got "${value}"`,
  );
}
