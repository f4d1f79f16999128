import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import { hasLedger, LEDGER_ACTIONS, LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import { readSettings } from '../../lib/config';
import type { BundledFeatures } from '../../lib/constructs/bundling';
import { LEDGER_TABLE } from '../../lib/local/aws/dynamodb/operations';
import {
  type SimulatedAwsOptions,
  type SimulatedRequest,
  startSimulatedAws,
} from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { type Invocation, invoke } from '../../lib/local/lambda';
import { bundle, deployedOptions, EVERY_FEATURE, FOLDER, handlerOf } from '../bench/bundles';
import { everyActionOf } from './every-action-of';
import { stopAfterAll } from './stop';

/** The Region of the app that the tests deploy. */
export const REGION = 'eu-west-1';

/** Settings that a test chooses. By default the gateway has a URL where no server listens. */
export type SomeSettings = Partial<SettingsInput>;

export function settingsWith(some: SomeSettings = {}) {
  return readSettings({ sinks: [{ type: 'pushgateway', url: 'http://127.0.0.1:9' }], ...some });
}

/** Returns the environment that the stack gives to the collector's function. */
export function variablesOf(collector: CollectorName, some: SomeSettings = {}): Record<string, string> {
  return {
    [SETTINGS_VARIABLE]: JSON.stringify(functionSettings(collector, settingsWith(some))),
    ...(hasLedger(collector) && { [LEDGER_VARIABLE]: LEDGER_TABLE }),
  };
}

/** Returns the collector's function with other, unchecked values for some settings, without those that it does not read. */
export function withOverrides(
  fn: DeployedFunction,
  collector: CollectorName,
  others: Partial<SettingsInput>,
): DeployedFunction {
  const own = JSON.parse(fn.environment[SETTINGS_VARIABLE] ?? '{}');
  const settings = functionSettings(collector, { ...own, ...others } as Settings);
  return withEnvironment(fn, { [SETTINGS_VARIABLE]: JSON.stringify(settings) });
}

/** Lambda's longest time limit; with a shorter one, results would depend on how busy the machine is. */
export const LONGEST_SECONDS = 900;

/** Bundles a function like the app does, without a synthesis; it may send the actions of its catalog row. */
export async function bundledFunction(
  collector: CollectorName,
  {
    entry = handlerOf(collector),
    environment = variablesOf(collector),
    features = { ...EVERY_FEATURE, ledger: hasLedger(collector) },
  }: { entry?: string; environment?: Record<string, string>; features?: BundledFeatures } = {},
): Promise<DeployedFunction> {
  const code = temporaryFolder(`${collector}-`);
  const name = path.basename(code);
  void stopAfterAll({ remove: () => rmSync(code, { recursive: true }) });
  await bundle(path.join(path.relative(FOLDER, code), 'index'), {
    ...deployedOptions(features),
    entryPoints: [entry],
  });
  return {
    name,
    arn: `arn:aws:lambda:${REGION}:${BILL_ACCOUNT_ID}:function:${name}`,
    code,
    handler: 'index.handler',
    environment,
    timeoutSeconds: LONGEST_SECONDS,
    memoryMb: COLLECTORS[collector].memoryMb,
    actions: [
      ...everyActionOf(collector),
      ...(hasLedger(collector) ? LEDGER_ACTIONS : []),
      'secretsmanager:GetSecretValue',
    ],
  };
}

/** Creates a folder below `node_modules`, where an entry that a test writes finds its packages. */
export function temporaryFolder(prefix: string): string {
  mkdirSync(FOLDER, { recursive: true });
  return mkdtempSync(path.join(FOLDER, prefix));
}

export interface RunOptions extends Omit<SimulatedAwsOptions, 'callers'> {
  /** @default the `asOf` of the bill */
  readonly scheduledTime?: Date;
}

/** Invokes a function once, with its own simulated AWS. */
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

/** Returns the function with variables that are added to its own or replace them. */
export function withEnvironment(
  fn: DeployedFunction,
  environment: Readonly<Record<string, string>>,
): DeployedFunction {
  return { ...fn, environment: { ...fn.environment, ...environment } };
}

/** Returns the function without pauses before retries, which would only take the time of a test. */
export function retryingAtOnce(fn: DeployedFunction): DeployedFunction {
  return withEnvironment(fn, { NODE_OPTIONS: `--require=${require.resolve('./no-pauses.cjs')}` });
}
