import Gauge from 'prom-client/lib/gauge';
import Registry from 'prom-client/lib/registry';
import { METRICS } from '../catalog/metrics';
import type { Group } from './group';
import type { AnySample } from './sample';

/**
 * Returns a fresh registry with the samples of one group. A second sample of a series silently replaces the first; `exposition`
 * reports that as an error.
 * @throws Error for a label that the grouping key would silently overwrite.
 */
export function toRegistry(group: Group): Registry {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  const key = Object.entries(group.groupingKey);
  for (const sample of group.samples) {
    for (const pair of key) checkAgainstKey(group.job, sample, pair);
    gaugeOf(gauges, registry, sample).set(sample.labels, sample.value);
  }
  return registry;
}

function gaugeOf(gauges: Map<string, Gauge>, registry: Registry, sample: AnySample): Gauge {
  const name = sample.metric;
  const known = gauges.get(name);
  if (known) return known;
  const { help, labels } = definitionOf(sample);
  const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
  gauges.set(name, gauge);
  return gauge;
}

function definitionOf(sample: AnySample): { help: string; labels: readonly string[] } {
  if ('help' in sample) return { help: sample.help, labels: Object.keys(sample.labels) };
  return METRICS[sample.metric];
}

function checkAgainstKey(job: string, sample: AnySample, [label, key]: [string, string]): void {
  const value = (sample.labels as Readonly<Record<string, string>>)[label];
  if (value === undefined || value === key) return;
  throw new Error(
    `${sample.metric} in ${job}: expected label ${label}="${key}", the value in the grouping key, got "${value}"`,
  );
}
