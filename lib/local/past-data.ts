import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { everyAction } from '../../lambdas/catalog/actions';
import type { Settings } from '../../lambdas/catalog/settings';
import { backfill } from '../backfill/backfill';
import { lastRunDay, oldestDay } from '../backfill/days';
import { openMetricsFile } from '../backfill/open-metrics-file';
import { lines } from '../backfill/progress';
import { labelsAt } from '../backfill/receiver';
import { type SimulatedAws, startSimulatedAws } from './aws/server';
import type { Bill } from './bill/bill';
import { addDays, dayOf, daysFrom } from './bill/day';
import { memberRolesOf, REGION } from './local-cloud';
import { run } from './servers/command';

interface PastOptions {
  readonly bill: Bill;
  readonly settings: Settings;
  /** Past days with samples. */
  readonly days: number;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Creates the data folder of a Prometheus that was backfilled with the past days of a bill. */
export async function pastData(promtool: string, options: PastOptions): Promise<string> {
  const data = await mkdtemp(path.join(tmpdir(), 'tollgate-past-'));
  const scratch = `${data}.backfill`;
  try {
    const file = path.join(scratch, 'history.om');
    await withAws(options, (aws) => writeHistory(file, aws, { ...options, cache: scratch }));
    const { code, stderr } = await run(promtool, [...CREATE_BLOCKS, file, data]);
    if (code !== 0) throw new Error(`promtool ${CREATE_BLOCKS.join(' ')} ended with ${code}: ${stderr}`);
    return data;
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * promtool reads the complete text once per block, so a few long blocks take a tenth of the time of many short ones.
 */
const CREATE_BLOCKS = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=720h'];

const CALLER = { accessKeyId: 'AKIABACKFILL', name: 'backfill' };

async function withAws(
  { bill, settings }: PastOptions,
  use: (aws: SimulatedAws) => Promise<void>,
): Promise<void> {
  const callers = [{ ...CALLER, actions: [...everyAction(), 'sts:AssumeRole'] }];
  const aws = await startSimulatedAws({ bill, callers, memberRoles: memberRolesOf(settings) });
  try {
    await use(aws);
  } finally {
    await aws.stop();
  }
}

async function writeHistory(
  file: string,
  { url: endpoint }: SimulatedAws,
  { bill, days, progress, signal, ...options }: PastOptions & { readonly cache: string },
): Promise<void> {
  const credentials = { accessKeyId: CALLER.accessKeyId, secretAccessKey: 'local', sessionToken: '' };
  const past = daysUpTo(bill.asOf, days);
  await backfill(
    {
      ...options,
      days: () => past,
      labels: labelsAt(options.settings),
      oldest: oldestDay,
      maxUsd: Number.POSITIVE_INFINITY,
    },
    {
      now: () => bill.asOf,
      signal: signal ?? new AbortController().signal,
      connection: { endpoint, region: REGION, credentials },
      progress: lines(progress),
      accept: async () => true,
      output: () => openMetricsFile(file),
    },
  );
}

/** Returns the days up to the time at which the bill is read, as far as Prometheus does not write them itself. */
function daysUpTo(asOf: Date, days: number): string[] {
  const [last = ''] = [dayOf(asOf), lastRunDay(new Date())].sort();
  return daysFrom(addDays(last, 1 - days), addDays(last, 1));
}
