/** A server, cloud, browser or copy that a test starts and that must not outlive the test. */
type Started = { stop(): unknown } | { close(): unknown } | { remove(): unknown };

/** Stops what is started here after all tests of the file, also when a `beforeAll` failed half-way. */
export function stopAfterAll<T extends Started>(starting: T | Promise<T>): Promise<T> {
  return register(untilAll, starting);
}

/** Stops what is started here after the current test, also when the test fails. Not for concurrent tests: they share one list. */
export function stopAfterEach<T extends Started>(starting: T | Promise<T>): Promise<T> {
  return register(untilEach, starting);
}

/** Stops what is still running; `every-test-file.ts` calls it for every test file. */
export const stopRegistered = { each: () => stopThose(untilEach), all: () => stopThose(untilAll) };

const untilEach: Promise<Started | undefined>[] = [];
const untilAll: Promise<Started | undefined>[] = [];

/** Registers before the start has ended: another start of the same hook may fail meanwhile. */
async function register<T extends Started>(
  those: Promise<Started | undefined>[],
  starting: T | Promise<T>,
): Promise<T> {
  those.push(Promise.resolve(starting).catch(() => undefined));
  return starting;
}

/** Stops the last first, because it may use the first; one failure keeps none of the others running. */
async function stopThose(those: Promise<Started | undefined>[]): Promise<void> {
  const errors: unknown[] = [];
  for (const starting of those.splice(0).reverse())
    await stop(await starting).catch((error) => errors.push(error));
  if (errors.length > 0)
    throw new AggregateError(errors, 'something that a test started could not be stopped');
}

/** What can be removed for good is more than stopped by it. */
async function stop(started: Started | undefined): Promise<void> {
  if (started === undefined) return;
  if ('remove' in started) await started.remove();
  else if ('stop' in started) await started.stop();
  else await started.close();
}
