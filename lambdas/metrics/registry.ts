import Counter from 'prom-client/lib/counter';
import Gauge from 'prom-client/lib/gauge';
import Histogram from 'prom-client/lib/histogram';
import Registry from 'prom-client/lib/registry';
import Summary from 'prom-client/lib/summary';
import { METRICS, type MetricDefinition, type MetricType } from '../catalog/metrics';
import type { Group } from './group';
import type { AnySample, Observed } from './sample';

/**
 * Returns a fresh registry with the metrics of one group. A second sample of a series silently replaces the first of a gauge and
 * adds to that of a counter; `exposition` reports that as an error.
 * @throws Error for a label that the grouping key would silently overwrite.
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
  for (const { observations, ...given } of observed) {
    const metric = metricOf({ observations, ...given });
    for (const value of observations) metric.set(given.labels, value);
  }
  return registry;
}

/** A metric of prom-client that takes one value at a time. */
interface PromMetric {
  set(labels: object, value: number): void;
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
  gauge: (configuration) => new Gauge(configuration),
  counter(configuration) {
    const counter = new Counter(configuration);
    return { set: (labels, value) => counter.inc(labels, value) };
  },
  histogram({ buckets, ...configuration }) {
    const histogram = new Histogram({ ...configuration, ...(buckets && { buckets: [...buckets] }) });
    return { set: (labels, value) => histogram.observe(labels, value) };
  },
  summary({ quantiles, ...configuration }) {
    const summary = new Summary({ ...configuration, ...(quantiles && { percentiles: [...quantiles] }) });
    return { set: (labels, value) => summary.observe(labels, value) };
  },
};

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
