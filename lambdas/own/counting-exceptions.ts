/** A metric that counts: a Counter or a Gauge of prom-client. */
interface Count<L extends string> {
  inc(labels: Partial<Record<L, string | number>>, value?: number): void;
}

/**
 * Runs an operation and counts the error that it throws, which is thrown again. Returns the operation's result.
 * @param labels The labels of the counted series; `{}` for a metric without labels.
 */
export async function countingExceptions<T, L extends string>(
  metric: Count<L>,
  labels: Partial<Record<L, string | number>>,
  operation: () => T | Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    metric.inc(labels);
    throw error;
  }
}
