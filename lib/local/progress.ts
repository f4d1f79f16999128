const INTERVAL_MS = 10_000;

/** Resolves with all values; reports every ten seconds how many are there. */
export async function allReported<T>(
  what: string,
  promises: readonly Promise<T>[],
  progress: (line: string) => void,
): Promise<T[]> {
  let there = 0;
  for (const promise of promises)
    promise.then(
      () => (there += 1),
      () => {},
    );
  const timer = setInterval(() => progress(`… ${there} of ${promises.length} ${what}`), INTERVAL_MS);
  try {
    return await Promise.all(promises);
  } finally {
    clearInterval(timer);
  }
}
