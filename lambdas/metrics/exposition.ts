import type Registry from 'prom-client/lib/registry';
import { type FamilyGroup, familiesOf, type MergedFamily, mergedFamilies } from './families';
import { escapedHelp, inChunks, labelSet, numberText } from './series-text';

/** The metrics of a registry in the text format of Prometheus. */
interface Exposition {
  readonly contentType: string;
  readonly chunks: Iterable<string>;
}

/** The media type of the text format of Prometheus. */
const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** Returns the same bytes as prom-client's `registry.metrics()`, but in chunks, which takes less time and memory. */
export async function exposition(registry: Registry): Promise<Exposition> {
  const group = { labels: {}, families: await familiesOf(registry) };
  return { contentType: PROMETHEUS_TEXT, chunks: prometheusText([group]) };
}

/**
 * Yields the series of all groups in the text format of Prometheus, one family after another.
 * @throws Error for families that cannot be merged.
 */
export function prometheusText(groups: readonly FamilyGroup[]): Iterable<string> {
  return inChunks(pieces(mergedFamilies(groups)));
}

function* pieces(families: readonly MergedFamily<FamilyGroup>[]): Generator<string> {
  for (const [index, { name, help, type, parts }] of families.entries()) {
    yield `${index > 0 ? '\n' : ''}# HELP ${name} ${escapedHelp(help)}\n# TYPE ${name} ${type}\n`;
    for (const { group, values } of parts)
      for (const { metricName = name, labels, value } of values)
        yield `${metricName}${labelSet(labels, group.labels)} ${numberText(value)}\n`;
  }
  if (families.length === 0) yield '\n'; // prom-client also writes a line break for an empty registry.
}
