import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Mistake } from '../mistake';
import type { Bill } from './bill/bill';
import { readFocusBill } from './bill/focus';
import { generateBill } from './bill/generated';
import type { DemoOptions } from './demo-options';
import { checkPlaces } from './demo-places';
import { type DemoSettings, demoSettings, WEBHOOK } from './demo-settings';
import { type DigestReceiver, startDigestReceiver } from './digest-receiver';
import { FlagError } from './flag-error';
import { pastData } from './history/past';
import type { Invocation } from './lambda';
import { type LocalCloud, startLocalCloud } from './local-cloud';
import { type LocalServers, startLocalServers } from './servers/local-servers';
import type { findPrograms } from './servers/programs';
import { nextScrape } from './servers/prometheus';
import { stayUp } from './stay-up';
import { type Arrived, readArrived, type Summary, summarise } from './summary';
import { summaryText } from './summary-text';

export interface DemoPorts {
  /** Shows results. */
  readonly print: (text: string) => void;
  /** Reports progress and failures, a line each. */
  readonly progress: (line: string) => void;
  /** Interrupts the demo; everything that was started is stopped. */
  readonly signal: AbortSignal;
  /** @default findPrograms */
  readonly find?: typeof findPrograms;
}

/** `complete` when every function completed and everything could be shown. */
export type Outcome = 'complete' | 'incomplete' | 'interrupted';

/**
 * Runs every schedule of the synthesised app on this machine and shows what arrived.
 * @throws FlagError before anything is started.
 */
export async function demo(options: DemoOptions, ports: DemoPorts): Promise<Outcome> {
  try {
    return await run(options, ports);
  } catch (error) {
    // Ctrl-C also ends the programs that we started, and then whatever waits for them fails
    if (ports.signal.aborted) return 'interrupted';
    throw error;
  }
}

async function run(options: DemoOptions, ports: DemoPorts): Promise<Outcome> {
  const startedAt = performance.now();
  await checkPlaces(options);
  const settings = demoSettings(options, { gateway: ANY_GATEWAY });
  const bill = await billOf(options, settings);
  for (const note of bill.notes) ports.progress(note);
  const servers = await serversFor(options, ports, bill);
  try {
    if (servers.missing) ports.progress(`${servers.missing.message}\n${WITHOUT[mode(options)]}`);
    if (servers.missing && !options.once) return 'incomplete';
    return await withReceiver({ ...ports, options, servers, bill, startedAt });
  } finally {
    await servers.stop();
  }
}

/** The settings are checked before there is a gateway. */
const ANY_GATEWAY = 'http://127.0.0.1:9091';

const WITHOUT = {
  once: 'without them, the functions print what they would push',
  stayUp: 'with --once, the functions print what they would push',
} as const;

function mode({ once }: DemoOptions): keyof typeof WITHOUT {
  return once ? 'once' : 'stayUp';
}

function serversFor(options: DemoOptions, ports: DemoPorts, bill: Bill): Promise<LocalServers> {
  const { gateway, gatewayUrl } = options;
  const { find, progress } = ports;
  const past = historyDays(options) > 0 ? pastOf(options, ports, bill) : undefined;
  return startLocalServers({ gateway, gatewayUrl, past, find, progress });
}

/** Somebody who looks at the page for long needs a past to look at. */
function historyDays({ once, gateway, gatewayUrl, history }: DemoOptions): number {
  const staysUp = !once && gateway && gatewayUrl === undefined;
  return history ?? (staysUp ? 90 : 0);
}

function pastOf(options: DemoOptions, { progress, signal }: DemoPorts, bill: Bill) {
  const days = historyDays(options);
  return (promtool: string) => {
    progress(`running every function for each of the past ${days} days (--history 0 skips this) …`);
    const { raw: settings } = demoSettings(options, { gateway: 'stdout:' }, bill);
    return pastData(promtool, { bill, settings, days, progress, signal });
  };
}

async function withReceiver(demo: Omit<DemoWorld, 'receiver'>): Promise<Outcome> {
  const receiver = await startDigestReceiver();
  try {
    return await withCloud({ ...demo, receiver });
  } finally {
    await receiver.stop();
  }
}

async function withCloud(demo: DemoWorld): Promise<Outcome> {
  const { options, progress, signal, servers, receiver, bill } = demo;
  const urls = { gateway: servers.gatewayUrl, prometheus: servers.prometheus?.url };
  const settings = demoSettings(options, urls, bill);
  progress('synthesising the app and bundling its functions …');
  const cloud = await startLocalCloud({
    bill,
    settings: settings.raw,
    secrets: { [WEBHOOK]: receiver.url },
    pageSize: options.pages,
    denied: options.deny,
    resourceDataEnabled: options.resourceData,
    signal,
    progress,
  });
  try {
    const outcome = await rounds({ ...demo, cloud, settings });
    const { port, once } = options;
    if (!once && !signal.aborted && servers.prometheus)
      await stayUp({ ...demo, ...servers, prometheus: servers.prometheus, port });
    return outcome;
  } finally {
    await cloud.stop();
  }
}

interface DemoWorld extends DemoPorts {
  readonly options: DemoOptions;
  readonly servers: LocalServers;
  readonly receiver: DigestReceiver;
  readonly bill: Bill;
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
}

interface Demo extends DemoWorld {
  readonly cloud: LocalCloud;
  readonly settings: DemoSettings;
}

/** Invokes every schedule in each round; shows and writes the results of the last. */
async function rounds(demo: Demo): Promise<Outcome> {
  const { options, progress, signal, cloud, servers } = demo;
  let invocations: Invocation[] = [];
  let requestsBefore = 0;
  for (let round = 1; round <= options.rounds && !signal.aborted; round += 1) {
    const ofRounds = options.rounds === 1 ? '' : `, round ${round} of ${options.rounds}`;
    progress(`invoking ${cloud.schedules.length} schedules${ofRounds} …`);
    requestsBefore = cloud.aws.requests.length;
    invocations = await cloud.round(async () => servers.prometheus && nextScrape(servers.prometheus));
  }
  if (signal.aborted) return 'interrupted';
  return show(demo, invocations, cloud.aws.requests.slice(requestsBefore));
}

async function show(
  demo: Demo,
  invocations: Invocation[],
  requests: LocalCloud['aws']['requests'],
): Promise<Outcome> {
  const { print, progress, options, servers, bill, settings } = demo;
  const arrived = await arrivedIn(servers);
  const durationSeconds = (performance.now() - demo.startedAt) / 1000;
  const period = periodOf(bill.asOf, settings);
  const summary = summarise({ bill, period, invocations, requests, durationSeconds }, arrived);
  progress('');
  if (arrived) print(`${summaryText(summary, arrived)}\n`);
  if (demo.receiver.messages.length > 0)
    print(`the digest was posted${options.out ? '' : '; --out writes it to digest.json'}\n`);
  if (options.gatewayUrl) print(`${pushedTo(options.gatewayUrl, invocations)}\n`);
  if (servers.missing) print(expositions(invocations));
  if (options.out) await writeOut(options.out, { ...demo, summary });
  const failures = [...summary.failures, ...(servers.missing ? [servers.missing.summary] : [])];
  for (const failure of failures) progress(`failed: ${failure}`);
  return failures.length === 0 ? 'complete' : 'incomplete';
}

function pushedTo(url: string, invocations: readonly Invocation[]): string {
  const complete = invocations.filter(({ error }) => error === undefined).length;
  return `pushed to ${url}: ${complete} of ${invocations.length} functions completed`;
}

async function arrivedIn({ prometheus }: LocalServers): Promise<Arrived | undefined> {
  if (!prometheus) return undefined;
  await nextScrape(prometheus);
  return readArrived(prometheus);
}

/** Without a gateway, the functions write what they would push to their logs, next to reports in JSON. */
function expositions(invocations: readonly Invocation[]): string {
  const lines = invocations.flatMap(({ output }) => output.trimEnd().split('\n'));
  return `${lines.filter((line) => !line.startsWith('{')).join('\n')}\n`;
}

async function writeOut(
  folder: string,
  { servers, receiver, summary }: Demo & { readonly summary: Summary },
): Promise<void> {
  await writeFile(path.join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const digest = receiver.messages.at(-1);
  if (digest !== undefined) await writeFile(path.join(folder, 'digest.json'), digest);
  if (!servers.pushgateway) return;
  const metrics = await fetch(`${servers.pushgateway.url}/metrics`);
  await writeFile(path.join(folder, 'gateway.txt'), await metrics.text());
}

async function billOf(
  options: DemoOptions,
  { ownerTag, projectTag, costDays, settleDays, resourceDays, projectDays }: DemoSettings,
): Promise<Bill> {
  if (options.focus !== undefined) return focusBill(options.focus);
  return generateBill({
    seed: options.seed,
    users: options.users,
    regions: options.regions,
    resourcesPerUser: options.resources,
    members: options.members,
    ownerTag,
    projectTag,
    days: Math.max(costDays, resourceDays, projectDays) + settleDays + historyDays(options),
    months: 13 + Math.ceil(historyDays(options) / 28),
    asOf: options.at ?? lastMidnight(),
  });
}

async function focusBill(file: string): Promise<Bill> {
  try {
    return await readFocusBill(file);
  } catch (error) {
    throw error instanceof Mistake ? new FlagError(`--focus: ${error.message}`) : error;
  }
}

function lastMidnight(): Date {
  return new Date(new Date().toISOString().slice(0, 10));
}

/** The cost window, for the sums to compare with. */
function periodOf(asOf: Date, { costDays, settleDays }: DemoSettings): { start: string; end: string } {
  const day = (daysAgo: number) => new Date(asOf.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  return { start: day(settleDays - 1 + costDays), end: day(settleDays - 1) };
}
