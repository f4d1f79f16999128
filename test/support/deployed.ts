import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type DeployedFunction, type DeployedSchedule, readSchedules } from '../../lib/local/cloud-assembly';
import { synthesise } from '../../lib/local/synthesise';
import { deployedCollectors } from '../../lib/price';
import { SETTINGS } from './deployment';
import {
  LONGEST_SECONDS,
  REGION,
  type SomeSettings,
  settingsWith,
  variablesOf,
  withEnvironment,
} from './functions';
import { kept } from './kept';

/** Returns the schedule of a collector and the function that it invokes, of the app that all tests share. */
export async function deployed(collector: CollectorName, app: App = 'tollgate'): Promise<DeployedSchedule> {
  const all = await schedulesOf(app);
  const found = all.find(({ name }) => name.toLowerCase().startsWith(collector.replaceAll('-', '')));
  if (found) return found;
  throw new Error(`expected a schedule of ${collector}, got ${all.map(({ name }) => name)}`);
}

/** Returns every function of the app that all tests share, with the role it gives it. */
export async function deployedFunctions(): Promise<Record<CollectorName, DeployedFunction>> {
  const names = Object.keys(COLLECTORS) as CollectorName[];
  const entries = names.map(async (name) => [name, (await deployed(name)).function]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Returns the schedules of the collectors that these settings deploy, with functions that read these settings. */
export async function schedulesWith(some: SomeSettings): Promise<readonly DeployedSchedule[]> {
  const app = appFor(some);
  const collectors = deployedCollectors(settingsWith(some));
  const schedules = await Promise.all(collectors.map((collector) => deployed(collector, app)));
  return schedules.map((schedule, i) => {
    const collector = collectors[i] as CollectorName;
    return { ...schedule, function: withSettings(schedule.function, collector, some) };
  });
}

/** Returns the function with these settings instead of those that it is deployed with, and with the longest time limit. */
export function withSettings(
  fn: DeployedFunction,
  collector: CollectorName,
  some: SomeSettings,
): DeployedFunction {
  return { ...withEnvironment(fn, variablesOf(collector, some)), timeoutSeconds: LONGEST_SECONDS };
}

/** Returns the files of the synthesised templates. */
export async function templates(): Promise<string[]> {
  const folder = await assembly('tollgate');
  const files = await readdir(folder);
  return files.filter((file) => file.endsWith('.template.json')).map((file) => path.join(folder, file));
}

/** Settings of each app; a test changes them in the environment of a function. */
const APPS = {
  tollgate: SETTINGS,
  xc3: { ...SETTINGS, digest: undefined, metricProfile: 'xc3' },
} as const;

type App = keyof typeof APPS;

/** Returns the app whose bundles have the features that the settings need. */
export function appFor({ metricProfile }: SomeSettings): App {
  return metricProfile === 'xc3' ? 'xc3' : 'tollgate';
}

/** Synthesises and bundles the app once for all tests, with every optional feature. */
function assembly(app: App): Promise<string> {
  return kept(`assembly-${app}`, APPS[app], (folder) => synthesise(APPS[app], folder));
}

const schedules = new Map<App, Promise<readonly DeployedSchedule[]>>();

function schedulesOf(app: App): Promise<readonly DeployedSchedule[]> {
  const known = schedules.get(app) ?? readFrom(assembly(app));
  schedules.set(app, known);
  return known;
}

async function readFrom(folder: Promise<string>): Promise<readonly DeployedSchedule[]> {
  return readSchedules(await folder, { accountId: BILL_ACCOUNT_ID, region: REGION });
}
