import Gauge from 'prom-client/lib/gauge';
import Registry from 'prom-client/lib/registry';
import { METRICS } from '../catalog/metrics';
import type { Group } from './group';
import type { AnySample } from './sample';

/**
 * A fresh registry that holds exactly this group.
 * @throws Error for two samples of one series, for two series that prom-client cannot tell apart, and for a label that the
 * grouping key would silently overwrite.
 */
export async function toRegistry(group: Group): Promise<Registry> {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  const key = Object.entries(group.groupingKey);
  for (const sample of group.samples) {
    for (const [label, value] of key) checkAgainstKey(group.job, sample, [label, value]);
    gaugeOf(gauges, registry, sample).set(sample.labels, sample.value);
  }
  await demandDistinctSeries(registry, group.samples);
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
    `${sample.metric} in ${job}: expected label ${label}="${key}" as the grouping key has it, got "${value}"`,
  );
}

/** A gauge overwrites a series that it already holds, so a registry with fewer values than samples has lost some. */
async function demandDistinctSeries(registry: Registry, samples: readonly AnySample[]): Promise<void> {
  const metrics = await registry.getMetricsAsJSON();
  const held = metrics.reduce((sum, { values }) => sum + values.length, 0);
  if (held < samples.length) throw collisionIn(samples);
}

function collisionIn(samples: readonly AnySample[]): Error {
  const bySeries = new Map<string, AnySample>();
  for (const sample of samples) {
    const id = `${sample.metric} ${promClientKey(sample)}`;
    const earlier = bySeries.get(id);
    if (earlier) return collisionOf(earlier, sample);
    bySeries.set(id, sample);
  }
  return new Error(`expected ${samples.length} series in the registry, got fewer`);
}

function collisionOf(earlier: AnySample, { metric, labels }: AnySample): Error {
  const shown = JSON.stringify(labels);
  return sameLabels(earlier, labels)
    ? new Error(`${metric}: expected one sample a series, got two of ${shown}`)
    : new Error(
        `${metric}: expected labels that prom-client can tell apart, got ${JSON.stringify(earlier.labels)} and ${shown}, which share its key`,
      );
}

function sameLabels({ labels }: AnySample, others: AnySample['labels']): boolean {
  return JSON.stringify(Object.entries(labels).sort()) === JSON.stringify(Object.entries(others).sort());
}

/** prom-client joins labels and values without escaping: `a:1,b:2,` is the key of {a: "1", b: "2"} and of {a: "1,b:2"}. */
function promClientKey({ labels }: AnySample): string {
  const pairs = Object.entries<string>(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([label, value]) => `${label}:${value},`).join('');
}
