import { once } from './once';
import { inScene, type Ran } from './scene';

/**
 * Returns the limit for a run that only its deadlines can end, because what it waits for never comes. A run stops
 * reading 20 s before its limit; before that it must do the rest of its work on this machine, as busy as it is. So the
 * limit grows with the time that a calm run takes here and now.
 */
export const limitSeconds = once(async () => {
  const { seconds } = await inScene((scene) => scene.run('user-costs'));
  return Math.min(20 + Math.max(10, Math.ceil(5 * seconds)), 120);
});

/** Shows when a run ended, and its limit if a deadline ended it. */
export function ended({ seconds }: Ran, limit?: number): string {
  return limit === undefined ? `${seconds.toFixed(0)} s` : `${seconds.toFixed(0)} s of ${limit}`;
}
