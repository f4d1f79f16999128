import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import { readSettings } from '../../lib/config';
import type { BundledFeatures } from '../../lib/constructs/bundling';
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
export type SomeSettings = Partial<SettingsInput>;

export function settingsWith(some: SomeSettings = {}) {
  return readSettings({ pushgateway: { url: 'http://127.0.0.1:9' }, ...some });
}

/** The environment that the stack gives to the collector's function. */
export function variablesOf(collector: CollectorName, some: SomeSettings = {}): Record<string, string> {
  return { [SETTINGS_VARIABLE]: JSON.stringify(functionSettings(collector, settingsWith(some))) };
}

/** The collector's function with other values for some of its settings; those that it does not read are ignored. */
export function withSettings(
  fn: DeployedFunction,
  collector: CollectorName,
  others: Partial<SettingsInput>,
): DeployedFunction {
  const own = JSON.parse(fn.environment[SETTINGS_VARIABLE] ?? '{}');
  const settings = functionSettings(collector, { ...own, ...others } as Settings);
  return withEnvironment(fn, { [SETTINGS_VARIABLE]: JSON.stringify(settings) });
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
    environment = variablesOf(collector),
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
