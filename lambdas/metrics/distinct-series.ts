import type { AnySample } from './sample';

/**
 * Checks that a registry holds every sample, by number: a gauge that is set twice for one series keeps the last value alone.
 * @throws Error for two samples of one series, and for two series that prom-client cannot tell apart.
 */
export function demandDistinctSeries(held: number, samples: readonly AnySample[]): void {
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
