/** Limits of operations that run at the same time. */
interface Limits<T> {
  readonly atOnce: number;
  /** The sum of the weights of the running operations. An item that is heavier than that runs alone. @default no limit */
  readonly weightAtOnce?: number;
  /** @default 1 */
  readonly weightOf?: (item: T) => number;
}

/** Returns the operation's result for each item, in the order of the items. Operations also start in that order. */
export async function inParallel<T, R>(
  items: readonly T[],
  { atOnce, weightAtOnce = Infinity, weightOf = () => 1 }: Limits<T>,
  operation: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: Promise<R>[] = [];
  const running = new Set<Promise<unknown>>();
  let weight = 0;
  for (const item of items) {
    const own = weightOf(item);
    while (running.size >= atOnce || (running.size > 0 && weight + own > weightAtOnce))
      await Promise.race(running);
    weight += own;
    const result = operation(item);
    results.push(result);
    const ended: Promise<unknown> = result.finally(() => {
      running.delete(ended);
      weight -= own;
    });
    ended.catch(() => {}); // The rejection of `result` is reported.
    running.add(ended);
  }
  return Promise.all(results);
}
