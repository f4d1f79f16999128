import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves when the check no longer throws. For what is true in the end and not at once: Prometheus loses sight of all
 * series when a single scrape is late. @throws what the check last threw, after two minutes.
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
