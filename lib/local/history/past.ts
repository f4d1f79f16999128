import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { startFunction } from '../lambda';
import { invokerOf, type LocalCloudOptions, startLocalCloud } from '../local-cloud';
import { run } from '../servers/command';
import { openMetrics } from './open-metrics';
import { pastRuns } from './past-runs';

export interface PastOptions extends Pick<LocalCloudOptions, 'bill' | 'settings' | 'schedules' | 'signal'> {
  /** How many runs of every function, a day apart. */
  readonly days: number;
  readonly progress: (line: string) => void;
}

/**
 * The data folder of a Prometheus that has watched the suite for some days: every function is run once a day, each time
 * with an AWS that knows no later day, and what it would have pushed is stored with its own date.
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

/** The whole text is read once a block: few long ones are made ten times as fast as many short ones. */
const CREATE_BLOCKS = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=720h'];

async function runsOf({ settings, days, progress, ...options }: PastOptions) {
  const { bill, signal } = options;
  let now = bill.asOf;
  const printed = { ...settings, digest: undefined, pushgateway: { url: 'stdout:' } };
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

/** A day apart, the last when the bill is looked at, or a day before: Prometheus itself writes the last three hours. */
function momentsUpTo(asOf: Date, days: number): Date[] {
  const moments = Array.from({ length: days }, (_, i) => new Date(asOf.getTime() - (days - 1 - i) * DAY_MS));
  return moments.filter((at) => at.getTime() < Date.now() - 3 * HOUR_MS);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
