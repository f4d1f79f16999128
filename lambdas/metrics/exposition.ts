import type Registry from 'prom-client/lib/registry';
import type { MetricType } from '../catalog/metrics';

/** The metrics of a registry in the text format of Prometheus. Each chunk is formatted when it is read. */
interface Exposition {
  readonly contentType: string;
  readonly chunks: Iterable<string>;
}

/**
 * Returns the same bytes as prom-client's `registry.metrics()`, but takes less time and memory: it writes chunks, and handles only
 * finite values.
 */
export async function exposition(registry: Registry): Promise<Exposition> {
  // The declarations of prom-client lack the types of metrics and the names of their series.
  const metrics = (await registry.getMetricsAsJSON()) as unknown as readonly Metric[];
  return { contentType: registry.contentType, chunks: chunksOf(metrics) };
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  readonly values: readonly Value[];
}

interface Value {
  /** The name of the series, if it is not that of the metric: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Length in characters from which a chunk is yielded. */
const CHUNK = 64 * 1024;

function* chunksOf(metrics: readonly Metric[]): Generator<string> {
  let chunk = '';
  for (const [index, { name, help, type, values }] of metrics.entries()) {
    chunk += `${index > 0 ? '\n' : ''}# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${type}\n`;
    for (const { metricName = name, labels, value } of values) {
      chunk += `${metricName}${labelSet(labels)} ${value}\n`;
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
  }
  yield metrics.length > 0 ? chunk : '\n'; // prom-client also writes a line break for an empty registry.
}

/** Returns the labels in braces, escaped; an empty string without labels. */
export function labelSet(labels: Value['labels']): string {
  let pairs = '';
  for (const label in labels) pairs += `${pairs && ','}${label}="${escapedValue(String(labels[label]))}"`;
  return pairs && `{${pairs}}`;
}

const SPECIAL = /[\\\n"]/;

function escapedValue(value: string): string {
  return SPECIAL.test(value) ? escapedHelp(value).replace(/"/g, '\\"') : value;
}

function escapedHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}
