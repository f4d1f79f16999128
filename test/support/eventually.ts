import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves when the check no longer throws. Use it for a state that needs time, such as the series in Prometheus, which
 * are missing while a scrape is late. @throws the last error of the check, after two minutes.
 */
export async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
