/** Returns the operation's result for each item, in the order of the items. At most `atOnce` operations run at a time. */
export async function inBatches<T, R>(
  items: readonly T[],
  atOnce: number,
  operation: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += atOnce)
    results.push(...(await Promise.all(items.slice(i, i + atOnce).map((item) => operation(item)))));
  return results;
}
