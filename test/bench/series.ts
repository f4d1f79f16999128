import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { realPushgateway } from '../support/real-servers';
import { bundle, deployedOptions, NO_FEATURES } from './bundles';
import type { Measured } from './goal';
import { median } from './median';

const SERIES = 100_000;
const RUNS = 5;

/** Measures one group of many series in fresh processes: its text compared with a string loop, and the memory of its push. */
export async function seriesGoals(): Promise<Measured[]> {
  const entry = path.join(__dirname, 'series-process.ts');
  const { file } = await bundle('series', { ...deployedOptions(NO_FEATURES), entryPoints: [entry] });
  const gateway = await realPushgateway();
  const runs: Record<Way, Run[]> = { loop: [], text: [], push: [] };
  try {
    for (let run = 0; run < RUNS; run += 1)
      for (const way of ['loop', 'text', 'push'] as const)
        runs[way].push(await measure(file, way, gateway.url));
  } finally {
    await gateway.stop();
  }
  return measuredOf(runs);
}

type Way = 'loop' | 'text' | 'push';

interface Run {
  /** Processor time, which does not depend on other work on the machine. */
  readonly ms: number;
  /** Peak memory of the process. */
  readonly peakMb: number;
}

async function measure(file: string, way: Way, url: string): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, way, String(SERIES), url]);
  return JSON.parse(stdout) as Run;
}

function measuredOf({ loop, text, push }: Readonly<Record<Way, readonly Run[]>>): Measured[] {
  const what = `${SERIES.toLocaleString('en-US')} series`;
  const [floor, ours] = [median(loop.map(({ ms }) => ms)), median(text.map(({ ms }) => ms))];
  return [
    {
      what: `${what}: text beside a string loop`,
      value: ours / floor,
      goal: 2,
      unit: 'x',
      from: `${ours.toFixed(0)} ms / ${floor.toFixed(0)} ms of the processor`,
    },
    {
      what: `${what}: peak memory of a push`,
      value: median(push.map(({ peakMb }) => peakMb)),
      goal: 200,
      unit: 'MB',
      from: `${median(push.map(({ ms }) => ms)).toFixed(0)} ms of the processor`,
    },
  ];
}
