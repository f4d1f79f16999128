import type Registry from 'prom-client/lib/registry';
import { type Family, type FamilyValue, familiesOf } from './families';

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
  return { contentType: registry.contentType, chunks: chunksOf(await familiesOf(registry)) };
}

/** Length in characters from which a chunk is yielded. */
const CHUNK = 64 * 1024;

function* chunksOf(metrics: readonly Family[]): Generator<string> {
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

function labelSet(labels: FamilyValue['labels']): string {
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
