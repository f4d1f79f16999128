import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { everyAction } from '../../lambdas/catalog/actions';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import { hasLedger, LEDGER_ACTIONS, LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import { readSettings } from '../../lib/config';
import type { LedgerItems } from '../../lib/local/aws/dynamodb/item';
import { LEDGER_TABLE } from '../../lib/local/aws/dynamodb/operations';
import { startSimulatedAws } from '../../lib/local/aws/server';
import { generateBill } from '../../lib/local/bill/generated';
import { deployedCollectors } from '../../lib/price';
import { realPushgateway } from '../support/real-servers';
import { bundle, defaultFeatures, deployedOptions, FOLDER, handlerOf } from './bundles';
import type { Measured } from './goal';
import { startRecorder } from './recorder';

const RUNS = 2;
const GOAL = 2.5;

/** Duration of a fast answer of AWS. Waiting is part of every cold start, and equal for the floor. */
const ANSWER_MS = 50;

/**
 * Measures each collector and a floor that sends the same requests: init and first call of fresh processes, in turn.
 * The fastest run of each counts, because other work on the machine can only make a run slower.
 */
export async function coldStartGoals(): Promise<Measured[]> {
  const place = await cloud();
  try {
    const measured: Measured[] = [];
    for (const collector of deployedCollectors(SETTINGS)) measured.push(await besideFloor(collector, place));
    return measured;
  } finally {
    await place.stop();
  }
}

const SETTINGS = readSettings({ sinks: [{ type: 'stdout' }] });

async function besideFloor(collector: CollectorName, place: Cloud): Promise<Measured> {
  const options = { ...deployedOptions(defaultFeatures(collector)), entryPoints: [handlerOf(collector)] };
  const { file } = await bundle(`cold-start-${collector}`, options);
  const environment = environmentFor(collector, place);
  const restore = await rememberedFrom(place, () => coldStart(file, environment, DAY_BEFORE));
  const { requests, count } = await recordedRequests(file, { collector, place });
  const times: { ours: Timing[]; floor: Timing[] } = { ours: [], floor: [] };
  for (let run = 0; run < RUNS; run += 1) {
    restore();
    times.ours.push(await coldStart(file, environment));
    restore();
    times.floor.push(
      await coldStart(FLOOR, { ...environment, BENCH_REQUESTS: requests, BENCH_GATEWAY_URL: place.gateway }),
    );
  }
  const fastest = (of: keyof typeof times, ms: (timing: Timing) => number) => Math.min(...times[of].map(ms));
  const [mine, floor] = [fastest('ours', total), fastest('floor', total)];
  const processor = fastest('ours', byProcessor) / fastest('floor', byProcessor);
  return {
    what: `cold start of ${collector}`,
    value: mine / floor,
    goal: GOAL,
    unit: 'x',
    from: `${mine.toFixed(0)} ms / ${floor.toFixed(0)} ms, ${count} requests; processor ${processor.toFixed(1)} x`,
  };
}

/**
 * Runs the function for the day before, and returns a function that restores the ledger after that run. So each measured run is the
 * next one, as on every day, and the floor's writes meet the versions that were recorded.
 */
async function rememberedFrom({ items }: Cloud, runBefore: () => Promise<unknown>): Promise<() => void> {
  items.clear();
  await runBefore();
  const remembered = [...items];
  return () => {
    items.clear();
    for (const [key, item] of remembered) items.set(key, item);
  };
}

const FLOOR = path.join(__dirname, 'floor.cjs');

/** Records one run of the function; resolves with the file of its requests and their number. */
async function recordedRequests(
  file: string,
  { collector, place }: { collector: CollectorName; place: Cloud },
) {
  const recorder = await startRecorder(place);
  try {
    await coldStart(file, environmentFor(collector, recorder.urls));
    const requests = path.join(FOLDER, `requests-${collector}.json`);
    writeFileSync(requests, JSON.stringify(recorder.requests));
    return { requests, count: recorder.requests.length };
  } finally {
    await recorder.stop();
  }
}

interface Timing {
  readonly init: number;
  readonly firstCall: number;
  /** Returns the processor time of init and first call. */
  readonly processor: number;
}

function total({ init, firstCall }: Timing): number {
  return init + firstCall;
}

function byProcessor({ processor }: Timing): number {
  return processor;
}

/** Runs a fresh process asynchronously, because the AWS that it calls is in this process. */
async function coldStart(file: string, env: NodeJS.ProcessEnv, scheduledTime = AS_OF): Promise<Timing> {
  const event = JSON.stringify({ scheduledTime: scheduledTime.toISOString() });
  const context = JSON.stringify({
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:${BILL.accountId}:function:bench`,
  });
  const script = path.join(__dirname, 'cold-start.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, event, context], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Timing;
}

const AS_OF = new Date('2026-03-01T06:00:00Z');
const DAY_BEFORE = new Date('2026-02-28T06:00:00Z');
const BILL = generateBill({
  seed: 1,
  users: 20,
  regions: 4,
  resourcesPerUser: 5,
  ownerTag: 'Owner',
  days: 15,
  asOf: AS_OF,
});

interface Cloud {
  readonly aws: string;
  readonly gateway: string;
  /** The items of the ledger. */
  readonly items: LedgerItems;
  stop(): Promise<void>;
}

async function cloud(): Promise<Cloud> {
  const gateway = await realPushgateway();
  const actions = [...everyAction(), ...LEDGER_ACTIONS];
  const items: LedgerItems = new Map();
  const aws = await startSimulatedAws({
    bill: BILL,
    ledger: { items },
    callers: [{ accessKeyId: 'AKIABENCH', name: 'bench', actions }],
    faults: actions.map((action) => ({ kind: 'delay', action, ms: ANSWER_MS })),
  });
  const stop = async () => void (await Promise.all([gateway.stop(), aws.stop()]));
  return { aws: aws.url, gateway: gateway.url, items, stop };
}

function environmentFor(
  collector: CollectorName,
  { aws, gateway }: Pick<Cloud, 'aws' | 'gateway'>,
): NodeJS.ProcessEnv {
  const settings = functionSettings(collector, {
    ...SETTINGS,
    sinks: [{ type: 'pushgateway', url: gateway }],
  });
  return {
    [SETTINGS_VARIABLE]: JSON.stringify(settings),
    ...(hasLedger(collector) && { [LEDGER_VARIABLE]: LEDGER_TABLE }),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIABENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_ENDPOINT_URL: aws,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
