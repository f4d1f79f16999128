import { group } from '../../lambdas/metrics/group';
import { type RegisteredGroup, registered } from '../../lambdas/metrics/registered-group';
import { sample } from '../../lambdas/metrics/sample';
import { type HttpExchange, httpExchange } from '../../lambdas/sinks/http-exchange';
import { pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import { NO_SERIES } from '../../lambdas/sinks/sink';
import { startReceiver } from '../../lib/local/servers/prometheus';
import { heldGroups } from '../../lib/serve/held-groups';
import { knownFamilies } from '../../lib/serve/known-families';
import { memorySink } from '../../lib/serve/memory-sink';
import { metricsHandler } from '../../lib/serve/metrics-handler';
import { runtimeMetrics } from '../../lib/serve/runtime-metrics';
import { listen } from '../../lib/serve/server';
import { realPrograms, realPushgateway } from '../support/real-servers';
import { median } from './median';

const SIZES = [1_000, 10_000, 100_000] as const;
const TIMES = 5;

/** Measures one group of several sizes with each delivery: the time of a put or of a scrape, and what it sends. */
export async function deliveryTable(): Promise<string[][]> {
  const rows = [await pushed(), await written(), ...(await scraped())];
  return [['', ...SIZES.map((size) => `${size.toLocaleString('en-US')} series`)], ...rows];
}

async function pushed(): Promise<string[]> {
  const gateway = await realPushgateway();
  try {
    const wire = countingExchange();
    const sink = pushgatewaySink({ url: gateway.url, exchange: wire.exchange, timeoutMs: 60_000 });
    return await row('push to a Pushgateway', wire, (one) => sink.put(one, call()));
  } finally {
    await gateway.stop();
  }
}

async function written(): Promise<string[]> {
  const { prometheus } = await realPrograms('prometheus');
  const receiver = await startReceiver(prometheus);
  try {
    const wire = countingExchange();
    const url = `${receiver.url}/api/v1/write`;
    const sink = remoteWriteSink({ url, exchange: wire.exchange, timeoutMs: 60_000 });
    return await row('remote write to a Prometheus', wire, (one) => sink.put(one, call()));
  } finally {
    await receiver.stop();
  }
}

/** Each size has a sample of its own, later than all before it. */
function call() {
  return { signal: new AbortController().signal, time: new Date(), series: NO_SERIES };
}

async function row(
  what: string,
  wire: CountingExchange,
  put: (one: RegisteredGroup) => Promise<void>,
): Promise<string[]> {
  const cells: string[] = [];
  for (const size of SIZES) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const one = groupOf(size, time);
      wire.reset();
      times.push(await milliseconds(() => put(one)));
    }
    cells.push(`${median(times).toFixed(0)} ms, ${inWords(wire.sent())}`);
  }
  return [what, ...cells];
}

async function scraped(): Promise<string[][]> {
  const cells: string[][] = [];
  for (const size of SIZES) cells.push(await scrapes(size));
  return [
    ['first scrape of the exporter after a run', ...cells.map(([first = '']) => first)],
    ['each further scrape', ...cells.map(([, further = '']) => further)],
  ];
}

/** Returns the times of the first scrape of a snapshot and of a further one. */
async function scrapes(size: number): Promise<string[]> {
  const held = heldGroups([]);
  const server = await listen(
    { host: '127.0.0.1', port: 0 },
    metricsHandler({
      snapshot: held.current,
      notReady: () => undefined,
      runtime: runtimeMetrics(),
      log: () => {},
    }),
  );
  const times: { readonly first: number; readonly further: number; readonly bytes: number }[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const sink = memorySink({ collector: 'test', held, known: knownFamilies([]), save: async () => {} });
    await sink.put(groupOf(size, time), call());
    await sink.put(health(), call());
    let bytes = 0;
    const scrape = async () => {
      bytes = await bytesOf(server.url);
    };
    times.push({ first: await milliseconds(scrape), further: await milliseconds(scrape), bytes });
  }
  await server.stop(0);
  const [first, further] = [median(times.map((one) => one.first)), median(times.map((one) => one.further))];
  return [`${first.toFixed(0)} ms, ${kilobytes(times[0]?.bytes ?? 0)}`, `${further.toFixed(0)} ms`];
}

/** Scrapes as Prometheus does, and returns the bytes on the wire. */
async function bytesOf(url: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { 'accept-encoding': 'gzip' } });
  await answer.arrayBuffer();
  return Number(answer.headers.get('content-length'));
}

interface Sent {
  readonly requests: number;
  readonly bytes: number;
}

interface CountingExchange {
  readonly exchange: HttpExchange;
  reset(): void;
  sent(): Sent;
}

function countingExchange(): CountingExchange {
  const send = httpExchange();
  let sent: Sent = { requests: 0, bytes: 0 };
  return {
    exchange: (request) => {
      sent = { requests: sent.requests + 1, bytes: sent.bytes + Buffer.byteLength(request.body ?? '') };
      return send(request);
    },
    reset: () => {
      sent = { requests: 0, bytes: 0 };
    },
    sent: () => sent,
  };
}

function inWords({ requests, bytes }: Sent): string {
  return `${requests} ${requests === 1 ? 'request' : 'requests'}, ${kilobytes(bytes)}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const LABELS = { account_id: '111122223333', region: 'eu-west-1' };

function groupOf(size: number, time: number): RegisteredGroup {
  const samples = Array.from({ length: size }, (_, i) =>
    sample('aws_user_billed_cost_usd', { ...LABELS, user_name: `user.name-${i}@example.com` }, i / 7 + time),
  );
  return registered(group('IAM_User_Total_Services_Cost_List', LABELS, samples));
}

function health(): RegisteredGroup {
  const labels = { account_id: LABELS.account_id, collector: 'user-costs' } as const;
  return registered(group('tollgate', labels, [sample('tollgate_run_incomplete', labels, 0)]));
}
