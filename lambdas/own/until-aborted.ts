/** Runs an operation and returns its result. Rejects with the signal's reason when the signal aborts first. */
export async function untilAborted<T>(signal: AbortSignal, operation: () => T | Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: ended.signal });
  });
  try {
    return await Promise.race([operation(), aborted]);
  } finally {
    ended.abort();
  }
}
