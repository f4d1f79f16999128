/** A metric that measures durations: a Histogram, a Summary or a Gauge of prom-client. */
interface Timer<L extends string> {
  startTimer(labels?: Partial<Record<L, string | number>>): () => unknown;
}

/**
 * Runs an operation and observes its duration in seconds, also when it fails. Returns its result.
 * @param labels The labels of the observation; `{}` for a metric without labels.
 */
export async function timed<T, L extends string>(
  metric: Timer<L>,
  labels: Partial<Record<L, string | number>>,
  operation: () => T | Promise<T>,
): Promise<T> {
  const end = metric.startTimer(labels);
  try {
    return await operation();
  } finally {
    end();
  }
}
