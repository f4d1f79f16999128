import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { startFunction } from '../lambda';
import { invokerOf, type LocalCloudOptions, startLocalCloud } from '../local-cloud';
import { run } from '../servers/command';
import { openMetrics } from './open-metrics';
import { pastRuns } from './past-runs';

interface PastOptions extends Pick<LocalCloudOptions, 'bill' | 'settings' | 'schedules' | 'signal'> {
  /** Runs of every function, a day apart. */
  readonly days: number;
  readonly progress: (line: string) => void;
}

/**
 * Creates the data folder of a Prometheus that has scraped the suite for some days. Every function runs once per day,
 * with an AWS that has no later charges, and its groups are stored with the time of the run.
 */
export async function pastData(promtool: string, options: PastOptions): Promise<string> {
  const text = openMetrics(await runsOf(options));
  const data = await mkdtemp(path.join(tmpdir(), 'tollgate-past-'));
  const file = `${data}.om`;
  try {
    await writeFile(file, text);
    const { code, stderr } = await run(promtool, [...CREATE_BLOCKS, file, data]);
    if (code === 0) return data;
    throw new Error(`promtool ${CREATE_BLOCKS.join(' ')} ended with ${code}: ${stderr}`);
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * promtool reads the complete text once per block, so a few long blocks take a tenth of the time of many short ones.
 */
const CREATE_BLOCKS = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=720h'];

async function runsOf({ settings, days, progress, ...options }: PastOptions) {
  const { bill, signal } = options;
  let now = bill.asOf;
  const printed = { ...settings, digest: undefined, sinks: [{ type: 'stdout' } as const] };
  const cloud = await startLocalCloud({ ...options, settings: printed, now: () => now });
  try {
    return await pastRuns({
      schedules: cloud.schedules,
      moments: momentsUpTo(bill.asOf, days),
      start: (schedule) => startFunction(schedule.function, invokerOf(schedule, cloud.aws, signal)),
      setClock: (at) => {
        now = at;
      },
      progress,
    });
  } finally {
    await cloud.stop();
  }
}

/**
 * Returns the times of the runs, a day apart. The last is the time at which the bill is read, or a day earlier, because
 * Prometheus itself writes the last three hours.
 */
function momentsUpTo(asOf: Date, days: number): Date[] {
  const moments = Array.from({ length: days }, (_, i) => new Date(asOf.getTime() - (days - 1 - i) * DAY_MS));
  return moments.filter((at) => at.getTime() < Date.now() - 3 * HOUR_MS);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
