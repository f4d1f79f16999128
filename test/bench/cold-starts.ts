import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import { readSettings } from '../../lib/config';
import { type SimulatedAws, startSimulatedAws } from '../../lib/local/aws/server';
import { generateBill } from '../../lib/local/bill/generated';
import { deployedCollectors } from '../../lib/price';
import { realPushgateway } from '../support/real-servers';
import { bundle, CDK_DEFAULTS, EMPTY, FOLDER, handlerOf, OURS } from './bundles';
import { median, ratio } from './median';

const RUNS = 20;

const SETTINGS = readSettings({ pushgateway: { url: 'http://127.0.0.1:9091' } });

interface Variant {
  readonly name: string;
  readonly collector?: CollectorName;
  readonly file: string;
}
interface Timing {
  readonly init: number;
  readonly firstCall: number;
}

/** Empty handler, each handler as deployed, and each as CDK bundles it when told nothing. */
export async function coldStarts(): Promise<string[][]> {
  const variants = await Promise.all([
    empty(),
    ...deployedCollectors(SETTINGS).flatMap((name) => [ours(name), defaults(name)]),
  ]);
  const timings = new Map<string, Timing[]>(variants.map(({ name }) => [name, []]));
  const { environment, stop } = await cloud();
  try {
    for (let run = 0; run < RUNS; run += 1) {
      for (const { name, file, collector } of variants) {
        const settings = collector ? variablesFor(collector, environment.BENCH_GATEWAY ?? '') : {};
        timings.get(name)?.push(await coldStart(file, { ...environment, ...settings }));
      }
    }
  } finally {
    await stop();
  }
  return table(timings);
}

function table(timings: ReadonlyMap<string, readonly Timing[]>): string[][] {
  const rows = [...timings].map(([name, runs]) => {
    const init = median(runs.map((run) => run.init));
    return { name, init, whole: median(runs.map((run) => run.init + run.firstCall)) };
  });
  const base = rows[0]?.whole ?? Number.NaN;
  const besideDefaults = ({ name, whole }: (typeof rows)[number]) => {
    const other = rows.find((row) => row.name === `${name}, CDK’s defaults`);
    return other ? ratio(whole, other.whole) : '';
  };
  return [
    ['', 'init', 'init + first call', 'x empty', 'x CDK’s defaults'],
    ...rows.map((row) => [
      row.name,
      row.init.toFixed(1),
      row.whole.toFixed(1),
      ratio(row.whole, base),
      besideDefaults(row),
    ]),
  ];
}

/** Not synchronous: the AWS that it calls answers from this process. */
async function coldStart(file: string, env: NodeJS.ProcessEnv): Promise<Timing> {
  const event = JSON.stringify({ scheduledTime: AS_OF.toISOString() });
  const context = JSON.stringify({
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:${BILL.accountId}:function:bench`,
  });
  const script = path.join(__dirname, 'cold-start.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, event, context], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Timing;
}

const AS_OF = new Date('2026-03-01T06:00:00Z');
const BILL = generateBill({
  seed: 1,
  users: 20,
  regions: 4,
  resourcesPerUser: 5,
  ownerTag: 'Owner',
  days: 15,
  asOf: AS_OF,
});

async function cloud(): Promise<{ environment: NodeJS.ProcessEnv; stop: () => Promise<void> }> {
  const gateway = await realPushgateway();
  const actions = Object.values(COLLECTORS).flatMap((collector) => [...collector.actions]);
  const aws = await startSimulatedAws({
    bill: BILL,
    callers: [{ accessKeyId: 'AKIABENCH', name: 'bench', actions }],
  });
  return {
    environment: {
      ...awsEnvironment(aws),
      BENCH_GATEWAY: gateway.url,
    },
    stop: async () => void (await Promise.all([gateway.stop(), aws.stop()])),
  };
}

function variablesFor(collector: CollectorName, url: string): NodeJS.ProcessEnv {
  const settings = { ...SETTINGS, pushgateway: { url } };
  return { [SETTINGS_VARIABLE]: JSON.stringify(functionSettings(collector, settings)) };
}

function awsEnvironment({ url }: SimulatedAws): NodeJS.ProcessEnv {
  return {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIABENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

async function empty(): Promise<Variant> {
  const file = path.join(FOLDER, 'empty.js');
  writeFileSync(file, EMPTY);
  return { name: 'empty handler', file };
}

async function ours(collector: CollectorName): Promise<Variant> {
  return {
    name: collector,
    collector,
    file: (await bundle(`ours-${collector}`, { ...OURS, entryPoints: [handlerOf(collector)] })).file,
  };
}

async function defaults(collector: CollectorName): Promise<Variant> {
  const { file } = await bundle(`defaults-${collector}`, {
    ...CDK_DEFAULTS,
    entryPoints: [handlerOf(collector)],
  });
  return { name: `${collector}, CDK’s defaults`, collector, file };
}
