import type { Bill } from './bill/bill';
import { billOf, historyDays, seriesOf } from './demo-bill';
import type { DemoOptions } from './demo-options';
import { checkPlaces } from './demo-places';
import { show } from './demo-results';
import { demoSettings, WEBHOOK } from './demo-settings';
import type { Demo, DemoPorts, DemoWorld, Outcome } from './demo-world';
import { startDigestReceiver } from './digest-receiver';
import { pastData } from './history/past';
import type { Invocation } from './lambda';
import { startLocalCloud } from './local-cloud';
import { type LocalServers, startLocalServers } from './servers/local-servers';
import { nextScrape } from './servers/prometheus';
import { stayUp } from './stay-up';

/**
 * Runs every schedule of the synthesised app on this machine and shows what arrived.
 * @throws FlagError before anything is started.
 */
export async function demo(options: DemoOptions, ports: DemoPorts): Promise<Outcome> {
  try {
    return await run(options, ports);
  } catch (error) {
    // Ctrl-C also ends the programs that we started, so everything that waits for them fails.
    if (ports.signal.aborted) return 'interrupted';
    throw error;
  }
}

async function run(options: DemoOptions, ports: DemoPorts): Promise<Outcome> {
  const startedAt = performance.now();
  const settings = demoSettings(options, { gateway: ANY_GATEWAY });
  await checkPlaces(options);
  const bill = await billOf(options, settings);
  for (const note of bill.notes) ports.progress(note);
  const servers = await serversFor(options, ports, bill);
  try {
    if (ports.signal.aborted) return 'interrupted';
    if (servers.missing) ports.progress(withoutServers(servers.missing, options.once));
    if (servers.missing && !options.once) return 'incomplete';
    return await withReceiver({ ...ports, options, servers, bill, startedAt });
  } finally {
    await servers.stop();
  }
}

/** The settings are checked before there is a gateway. */
const ANY_GATEWAY = 'http://127.0.0.1:9091';

function withoutServers({ message }: Error, once: boolean): string {
  const what = 'the functions print what they would push';
  return `${message}\n${once ? `without them, ${what}` : `with --once, ${what}`}`;
}

function serversFor(options: DemoOptions, ports: DemoPorts, bill: Bill): Promise<LocalServers> {
  const { gateway, gatewayUrl } = options;
  const { find, progress } = ports;
  const past = historyDays(options) > 0 ? pastOf(options, ports, bill) : undefined;
  return startLocalServers({ gateway, gatewayUrl, past, find, progress, series: seriesOf(bill) });
}

function pastOf(options: DemoOptions, { progress, signal }: DemoPorts, bill: Bill) {
  const days = historyDays(options);
  return (promtool: string) => {
    progress(`running every function for each of the past ${days} days (--history 0 skips this) …`);
    const { raw: settings } = demoSettings(options, {}, bill);
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

/** Invokes every schedule in each round, and shows the results of the last. */
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
