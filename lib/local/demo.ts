import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Mistake } from '../mistake';
import type { Bill } from './bill/bill';
import { readFocusBill } from './bill/focus';
import { generateBill } from './bill/generated';
import type { DemoOptions } from './demo-options';
import { type DemoSettings, demoSettings, WEBHOOK } from './demo-settings';
import { type DigestReceiver, startDigestReceiver } from './digest-receiver';
import { pastData } from './history/past';
import type { Invocation } from './lambda';
import { type LocalCloud, startLocalCloud } from './local-cloud';
import { startPreview } from './preview/preview';
import { type LocalServers, startLocalServers } from './servers/local-servers';
import { nextScrape } from './servers/prometheus';
import { type Arrived, readArrived, type Summary, summarise } from './summary';
import { summaryText } from './summary-text';

export interface DemoOutput {
  /** For the person: results. */
  readonly print: (text: string) => void;
  /** For the person who waits: what is going on. */
  readonly progress: (line: string) => void;
}

/** Ends with true when every function ran whole and everything could be shown. */
export async function demo(options: DemoOptions, output: DemoOutput, signal: AbortSignal): Promise<boolean> {
  const startedAt = performance.now();
  const bill = await billOf(options, demoSettings(options, { gateway: 'http://127.0.0.1:9091' }));
  for (const note of bill.notes) output.progress(note);
  const { gateway, gatewayUrl, history } = withDefaults(options);
  if (options.history && (gatewayUrl || !gateway))
    throw new Mistake(
      '--history needs the Prometheus that the demo starts: leave out --gateway-url and --no-gateway',
    );
  const past = history > 0 ? pastOf({ options, output, signal, bill, days: history }) : undefined;
  const servers = await startLocalServers({ gateway, gatewayUrl, past, progress: output.progress });
  try {
    const receiver = await startDigestReceiver();
    try {
      return await withCloud({ options, output, signal, servers, receiver, bill, startedAt });
    } finally {
      await receiver.stop();
    }
  } finally {
    await servers.stop();
  }
}

/** What is looked at for long should have something to look back at. */
function withDefaults({ once, gateway, gatewayUrl, history = once || gatewayUrl ? 0 : 90 }: DemoOptions) {
  return { gateway, gatewayUrl, history };
}

interface Past {
  readonly options: DemoOptions;
  readonly output: DemoOutput;
  readonly signal: AbortSignal;
  readonly bill: Bill;
  readonly days: number;
}

function pastOf({ options, output: { progress }, signal, bill, days }: Past) {
  return (promtool: string) => {
    progress(`running every function for each of ${days} days past (--history 0 does without) …`);
    const { raw: settings } = demoSettings(options, { gateway: 'stdout:' }, bill);
    return pastData(promtool, { bill, settings, days, progress, signal });
  };
}

async function withCloud(demo: DemoWorld): Promise<boolean> {
  const { options, output, signal, servers, receiver, bill } = demo;
  const urls = { gateway: servers.gatewayUrl, prometheus: servers.prometheus?.url };
  const settings = demoSettings(options, urls, bill);
  output.progress('synthesising the app and bundling its functions …');
  const cloud = await startLocalCloud({
    bill,
    settings: settings.raw,
    secrets: { [WEBHOOK]: receiver.url },
    pageSize: options.pages,
    denied: options.deny,
    resourceDataEnabled: options.resourceData,
    signal,
  });
  try {
    const done = await rounds({ ...demo, cloud, settings });
    if (!options.once && !signal.aborted) await stayUp(servers, output, signal);
    return done;
  } finally {
    await cloud.stop();
  }
}

interface DemoWorld {
  readonly options: DemoOptions;
  readonly output: DemoOutput;
  readonly signal: AbortSignal;
  readonly servers: LocalServers;
  readonly receiver: DigestReceiver;
  readonly bill: Bill;
  readonly startedAt: number;
}

interface Demo extends DemoWorld {
  readonly cloud: LocalCloud;
  readonly settings: DemoSettings;
}

/** Shows and writes what the last round brought. */
async function rounds(demo: Demo): Promise<boolean> {
  const { options, output, cloud, servers } = demo;
  let invocations: Invocation[] = [];
  let requestsBefore = 0;
  for (let round = 1; round <= options.rounds; round += 1) {
    output.progress(`invoking ${cloud.schedules.length} schedules, round ${round} of ${options.rounds} …`);
    requestsBefore = cloud.aws.requests.length;
    invocations = await cloud.round(async () => servers.prometheus && nextScrape(servers.prometheus));
  }
  if (demo.signal.aborted) return false;
  return show(demo, invocations, cloud.aws.requests.slice(requestsBefore));
}

async function show(
  demo: Demo,
  invocations: Invocation[],
  requests: LocalCloud['aws']['requests'],
): Promise<boolean> {
  const { output, servers, bill, settings } = demo;
  const arrived = await arrivedIn(servers);
  const durationSeconds = (performance.now() - demo.startedAt) / 1000;
  const period = periodOf(bill.asOf, settings);
  const summary = summarise({ bill, period, invocations, requests, durationSeconds }, arrived);
  if (arrived) output.print(`\n${summaryText(summary, arrived)}\n`);
  if (demo.receiver.messages.length > 0)
    output.print(`the digest was posted${demo.options.out ? '' : '; --out writes it to digest.json'}\n`);
  if (demo.options.gatewayUrl) output.print(`${pushedTo(demo.options.gatewayUrl, invocations)}\n`);
  if (servers.missing) output.print(expositions(invocations));
  if (demo.options.out) await writeOut(demo.options.out, { ...demo, summary });
  for (const failure of summary.failures) output.progress(`failed: ${failure}`);
  if (servers.missing) output.progress(`failed: ${servers.missing.message}`);
  return summary.failures.length === 0 && servers.missing === undefined;
}

function pushedTo(url: string, invocations: readonly Invocation[]): string {
  const whole = invocations.filter(({ error }) => error === undefined).length;
  return `pushed to ${url}: ${whole} of ${invocations.length} functions ran whole`;
}

async function arrivedIn({ prometheus }: LocalServers): Promise<Arrived | undefined> {
  if (!prometheus) return undefined;
  await nextScrape(prometheus);
  return readArrived(prometheus);
}

/** Without a gateway the functions write to their logs what they would have pushed. */
function expositions(invocations: readonly Invocation[]): string {
  return invocations.map(({ output }) => output).join('');
}

async function writeOut(
  folder: string,
  { servers, receiver, summary }: Demo & { readonly summary: Summary },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const digest = receiver.messages.at(-1);
  if (digest !== undefined) await writeFile(path.join(folder, 'digest.json'), digest);
  if (!servers.pushgateway) return;
  const metrics = await fetch(`${servers.pushgateway.url}/metrics`);
  await writeFile(path.join(folder, 'gateway.txt'), await metrics.text());
}

/** Until Ctrl-C, with a page that draws the dashboards. */
async function stayUp(
  { pushgateway, prometheus }: LocalServers,
  { print, progress }: DemoOutput,
  signal: AbortSignal,
): Promise<void> {
  if (!prometheus) return;
  const preview = await startPreview({ prometheusUrl: prometheus.url, dashboards: DASHBOARDS });
  print(
    `open      ${preview.url}  the dashboards\n          ${prometheus.url}  Prometheus\n          ${pushgateway?.url}  Pushgateway\n`,
  );
  progress('stays up until Ctrl-C');
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await preview.stop();
}

const DASHBOARDS = path.resolve(__dirname, '../../docs/dashboards');

async function billOf(
  options: DemoOptions,
  { ownerTag, projectTag, costDays, settleDays, resourceDays, projectDays }: DemoSettings,
): Promise<Bill> {
  if (options.focus) return readFocusBill(options.focus);
  return generateBill({
    seed: options.seed,
    users: options.users,
    regions: options.regions,
    resourcesPerUser: options.resources,
    members: options.members,
    ownerTag,
    projectTag,
    days: Math.max(costDays, resourceDays, projectDays) + settleDays + withDefaults(options).history,
    months: 13 + Math.ceil(withDefaults(options).history / 28),
    asOf: options.at ?? lastMidnight(),
  });
}

function lastMidnight(): Date {
  return new Date(new Date().toISOString().slice(0, 10));
}

/** The cost window, for the sums to compare with. */
function periodOf(asOf: Date, { costDays, settleDays }: DemoSettings): { start: string; end: string } {
  const day = (daysAgo: number) => new Date(asOf.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  return { start: day(settleDays - 1 + costDays), end: day(settleDays - 1) };
}
