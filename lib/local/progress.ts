const INTERVAL_MS = 10_000;

/** Passes a line on when ten seconds have passed since the last one, or since the start. */
export function everyTenSeconds(progress: (line: string) => void): (line: string) => void {
  let last = Date.now();
  return (line) => {
    if (Date.now() - last < INTERVAL_MS) return;
    last = Date.now();
    progress(line);
  };
}

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
