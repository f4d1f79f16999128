import type Registry from 'prom-client/lib/registry';

/**
 * Writes the bytes of `registry.metrics()`, in less time and memory: chunk by chunk, and for gauges with finite values only,
 * which are all that Tollgate has.
 */
export async function exposition(registry: Registry): Promise<Iterable<string>> {
  return chunks(await registry.getMetricsAsJSON());
}

type Metric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/** Characters a chunk holds before it is handed on. */
const CHUNK = 64 * 1024;

function* chunks(metrics: readonly Metric[]): Generator<string> {
  let chunk = '';
  for (const [index, { name, help, type, values }] of metrics.entries()) {
    chunk += `${index > 0 ? '\n' : ''}# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${type}\n`;
    for (const { labels, value } of values) {
      chunk += `${name}${labelSet(labels)} ${value}\n`;
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
  }
  yield metrics.length > 0 ? chunk : '\n'; // prom-client ends an empty registry with a line break as well
}

function labelSet(labels: Metric['values'][number]['labels']): string {
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
