/** What an act makes of each item, so many at once, in the order of the items. */
export async function inBatches<T, R>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let i = 0; i < items.length; i += atOnce)
    results.push(...(await Promise.all(items.slice(i, i + atOnce).map((item) => act(item)))));
  return results;
}
