import Gauge from 'prom-client/lib/gauge';
import Registry from 'prom-client/lib/registry';
import { METRICS } from '../catalog/metrics';
import type { Group } from './group';
import type { AnySample } from './sample';

/**
 * A fresh registry that holds just this group.
 * @throws Error for two samples of one series, and for a label that the group's key would silently overwrite.
 */
export function toRegistry(group: Group): Registry {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  const series = new Set<string>();
  for (const sample of group.samples) {
    claimSeries(series, sample);
    checkAgainstKey(group, sample);
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

function claimSeries(series: Set<string>, { metric, labels }: AnySample): void {
  const id = `${metric}${JSON.stringify(Object.entries(labels).sort())}`;
  if (series.has(id))
    throw new Error(`${metric}: expected one sample a series, got two of ${JSON.stringify(labels)}`);
  series.add(id);
}

function checkAgainstKey({ job, groupingKey }: Group, { metric, labels }: AnySample): void {
  for (const [label, value] of Object.entries<string>(labels)) {
    const key = groupingKey[label];
    if (key !== undefined && key !== value) {
      throw new Error(
        `${metric} in ${job}: expected label ${label}="${key}" as the grouping key has it, got "${value}"`,
      );
    }
  }
}
