import type { AnySample } from './sample';

/**
 * Checks that a registry holds as many series as there are samples: of two samples of one series, a gauge keeps only the last.
 * @throws Error for two samples of one series, and for two series that have the same key in prom-client.
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
    ? new Error(`${metric}: expected one sample per series, got two of ${shown}`)
    : new Error(
        `${metric}: expected labels that prom-client can distinguish, got ${JSON.stringify(earlier.labels)} and ${shown}, which share its key`,
      );
}

function sameLabels({ labels }: AnySample, others: AnySample['labels']): boolean {
  return JSON.stringify(Object.entries(labels).sort()) === JSON.stringify(Object.entries(others).sort());
}

/** Returns prom-client's key, which does not escape values: {a: "1", b: "2"} and {a: "1,b:2"} both have `a:1,b:2,`. */
function promClientKey({ labels }: AnySample): string {
  const pairs = Object.entries<string>(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs.map(([label, value]) => `${label}:${value},`).join('');
}
