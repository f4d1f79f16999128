import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import { backfill, type Offer } from '../../lib/backfill/backfill';
import { lastRunDay, oldestDay } from '../../lib/backfill/days';
import { openMetricsFile } from '../../lib/backfill/open-metrics-file';
import { lines } from '../../lib/backfill/progress';
import { readSettings } from '../../lib/config';
import type { SimulatedAws } from '../../lib/local/aws/server';
import { addDays, daysFrom } from '../../lib/local/bill/day';

interface Given {
  readonly folder: string;
  readonly now: Date;
  /** @default 3 */
  readonly days?: number;
  /** @default no limit */
  readonly maxUsd?: number;
  readonly settings?: Partial<SettingsInput>;
  /** @default true */
  readonly accepts?: boolean;
}

interface Done {
  readonly text: string;
  readonly offer?: Offer;
}

/** Runs a backfill in this process, and returns the file that it wrote. */
export async function backfillOf(
  { url }: SimulatedAws,
  { folder, now, days = 3, ...given }: Given,
): Promise<Done> {
  const file = path.join(folder, 'history.om');
  const credentials = { accessKeyId: 'AKIABACKFILL', secretAccessKey: 'x', sessionToken: '' };
  let offer: Offer | undefined;
  await backfill(
    {
      settings: readSettings({ sinks: [{ type: 'stdout' }], ...given.settings }),
      days: (begun) => daysFrom(addDays(lastRunDay(begun), 1 - days), addDays(lastRunDay(begun), 1)),
      oldest: oldestDay,
      labels: { instance: 'blue' },
      cache: path.join(folder, 'cache'),
      maxUsd: given.maxUsd ?? Number.POSITIVE_INFINITY,
    },
    {
      now: () => now,
      signal: new AbortController().signal,
      connection: { endpoint: url, region: 'eu-west-1', credentials },
      progress: lines(() => {}),
      async accept(made) {
        offer = made;
        return given.accepts ?? true;
      },
      output: () => openMetricsFile(file),
    },
  );
  return { text: existsSync(file) ? await readFile(file, 'utf8') : '', offer };
}
