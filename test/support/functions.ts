import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { readSettings } from '../../lib/config';
import type { BundledFeatures } from '../../lib/constructs/bundling';
import { environmentOf } from '../../lib/environment';
import {
  type SimulatedAwsOptions,
  type SimulatedRequest,
  startSimulatedAws,
} from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type DeployedFunction, readSchedules } from '../../lib/local/cloud-assembly';
import { type Invocation, invoke } from '../../lib/local/lambda';
import { synthesise } from '../../lib/local/synthesise';
import { bundle, EVERY_FEATURE, FOLDER, handlerOf, ours } from '../bench/bundles';

const REGION = 'eu-west-1';

export const HEADERS_SECRET = `arn:aws:secretsmanager:${REGION}:${BILL_ACCOUNT_ID}:secret:gateway-AbCdEf`;

/** What a test says about the settings; the gateway has a URL where nobody listens unless it says so. */
export type SomeSettings = Readonly<Record<string, unknown>>;

export function settingsWith(some: SomeSettings = {}) {
  return readSettings({ pushgateway: { url: 'http://127.0.0.1:9' }, ...some });
}

/** The variables of the settings, those that are not set left out as Lambda has it. */
export function variablesOf(some: SomeSettings): Record<string, string> {
  const variables = Object.entries(environmentOf(settingsWith(some)));
  return Object.fromEntries(variables.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

/** The functions of the synthesised app, with the roles it gives them. Call once a file: it takes seconds. */
export async function synthesisedFunctions(
  some: SomeSettings = {},
): Promise<{ functions: Record<CollectorName, DeployedFunction>; remove(): void }> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'tollgate-functions-'));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    await synthesise(settingsWith(some), outdir);
    const schedules = readSchedules(outdir, { accountId: BILL_ACCOUNT_ID, region: REGION });
    return { functions: byCollector(schedules.map(({ function: fn }) => fn)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A function bundled from its entry as the app bundles it, without a synthesis: it may do what its catalog row says. */
export async function bundledFunction(
  collector: CollectorName,
  {
    entry = handlerOf(collector),
    environment = variablesOf({}),
    features = EVERY_FEATURE,
  }: { entry?: string; environment?: Record<string, string>; features?: BundledFeatures } = {},
): Promise<DeployedFunction> {
  const name = `${collector}-${bundles.length}`;
  const code = temporaryFolder(`${collector}-`);
  bundles.push(code);
  await bundle(path.join(path.relative(FOLDER, code), 'index'), { ...ours(features), entryPoints: [entry] });
  return {
    name,
    arn: `arn:aws:lambda:${REGION}:${BILL_ACCOUNT_ID}:function:${name}`,
    code,
    handler: 'index.handler',
    environment,
    timeoutSeconds: 60,
    memoryMb: COLLECTORS[collector].memoryMb,
    actions: [...COLLECTORS[collector].actions, 'secretsmanager:GetSecretValue'],
  };
}

const bundles: string[] = [];

/** For afterAll. */
export function removeBundles(): void {
  for (const folder of bundles.splice(0)) rmSync(folder, { recursive: true });
}

/** Below node_modules, where an entry that a test writes finds its packages. */
export function temporaryFolder(prefix: string): string {
  mkdirSync(FOLDER, { recursive: true });
  return mkdtempSync(path.join(FOLDER, prefix));
}

export interface RunOptions extends Omit<SimulatedAwsOptions, 'callers'> {
  /** @default the moment the bill is looked at */
  readonly scheduledTime?: Date;
}

/** One invocation of a function, beside an AWS of its own. */
export async function runFunction(
  fn: DeployedFunction,
  { scheduledTime, ...aws }: RunOptions,
): Promise<Invocation & { readonly requests: readonly SimulatedRequest[] }> {
  const accessKeyId = `AKIA-${fn.name}`;
  const callers = [{ accessKeyId, name: fn.name, actions: fn.actions }];
  const simulated = await startSimulatedAws({ ...aws, callers });
  try {
    const event = { scheduledTime: (scheduledTime ?? aws.bill.asOf).toISOString() };
    const invocation = await invoke(fn, event, { awsUrl: simulated.url, region: REGION, accessKeyId });
    return { ...invocation, requests: simulated.requests };
  } finally {
    await simulated.stop();
  }
}

/** The function with variables added to, or taken for, its own. */
export function withEnvironment(
  fn: DeployedFunction,
  environment: Readonly<Record<string, string>>,
): DeployedFunction {
  return { ...fn, environment: { ...fn.environment, ...environment } };
}

/** Logical ids begin with the collector's name. */
function byCollector(functions: readonly DeployedFunction[]): Record<CollectorName, DeployedFunction> {
  const names = Object.keys(COLLECTORS) as CollectorName[];
  const entries = names.map((collector) => {
    const prefix = collector.replaceAll('-', '');
    return [collector, functions.find(({ name }) => name.toLowerCase().startsWith(prefix))];
  });
  return Object.fromEntries(entries) as Record<CollectorName, DeployedFunction>;
}
