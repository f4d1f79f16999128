/**
 * Returns a function that performs the action, never twice at a time. Calls during an action share the next one, so each call
 * resolves after an action that began after it.
 */
export function oneAtATime(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    waiting ??= running.then(() => {
      waiting = undefined;
      return action();
    });
    running = waiting.catch(() => {});
    return waiting;
  };
}
