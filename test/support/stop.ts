/** A server, cloud, browser or copy that a test starts and that must not outlive the test. */
type Started = { stop(): unknown } | { close(): unknown } | { remove(): unknown };

/** Registers something to be stopped after all tests of the file, even if a `beforeAll` fails half-way. */
export function stopAfterAll<T extends Started>(starting: T | Promise<T>): Promise<T> {
  return register(untilAll, starting);
}

/** Registers something to be stopped after the current test, even if the test fails. Concurrent tests share one list and cannot use it. */
export function stopAfterEach<T extends Started>(starting: T | Promise<T>): Promise<T> {
  return register(untilEach, starting);
}

/** Stops everything that is registered; `every-test-file.ts` calls it for every test file. */
export const stopRegistered = {
  each: () => stopAll(untilEach),
  all: () => stopAll(untilAll),
};

const untilEach: Promise<Started | undefined>[] = [];
const untilAll: Promise<Started | undefined>[] = [];

/** Registers before the start has ended, because another start of the same hook may fail meanwhile. */
async function register<T extends Started>(
  list: Promise<Started | undefined>[],
  starting: T | Promise<T>,
): Promise<T> {
  list.push(Promise.resolve(starting).catch(() => undefined));
  return starting;
}

/** Stops the last one first, because it may use the first; after a failure it stops the others all the same. */
async function stopAll(list: Promise<Started | undefined>[]): Promise<void> {
  const errors: unknown[] = [];
  for (const starting of list.splice(0).reverse())
    await stop(await starting).catch((error) => errors.push(error));
  if (errors.length > 0)
    throw new AggregateError(
      errors,
      'expected to stop everything that a test started, but some could not be stopped',
    );
}

/** Stops one; `remove` comes first, because it also stops. */
async function stop(started: Started | undefined): Promise<void> {
  if (started === undefined) return;
  if ('remove' in started) await started.remove();
  else if ('stop' in started) await started.stop();
  else await started.close();
}
