import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;

/** Calls `ask` until its answer is not undefined. Returns undefined after the deadline. */
export async function poll<T>(ask: () => Promise<T | undefined>, deadlineMs: number): Promise<T | undefined> {
  const deadline = Date.now() + deadlineMs;
  let answer = await ask();
  while (answer === undefined && Date.now() < deadline) {
    await sleep(EVERY_MS);
    answer = await ask();
  }
  return answer;
}
