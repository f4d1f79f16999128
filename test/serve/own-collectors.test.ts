import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Counter, Gauge, type OwnCollectorDefinition, type OwnGroup } from '../../lambdas';
import { readSettings } from '../../lib/config';
import { application } from '../../lib/serve/application';
import { chosenCollectors } from '../../lib/serve/chosen-collectors';
import { collectorsIn } from '../../lib/serve/collectors-in';
import { startExporter } from '../../lib/serve/exporter';
import { EVERYTHING, simulate, stopAll } from '../local/aws/simulation';
import { emptyBill } from '../support/bill';
import { eventually } from '../support/eventually';
import { openMetricsFaults } from '../support/open-metrics';
import { retryAtOnce } from '../support/retry-at-once';
import { stopAfterEach } from '../support/stop';
import { manualTime } from './manual-time';

const before = { ...process.env };
let dataDir: string;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tollgate-own-'));
  retryAtOnce();
  const callers = [{ accessKeyId: 'AKIASERVE', name: 'serve', actions: EVERYTHING }];
  const aws = await simulate({ bill: emptyBill(), callers });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIASERVE',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
});
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
  rmSync(dataDir, { recursive: true });
});

const LABELS = 'job="queues",instance="",account_id="111122223333",deployment="blue"';
const settings = () => readSettings({ sinks: [{ type: 'stdout' }], deployment: 'blue', serve: { dataDir } });

async function exporter(...collectors: readonly OwnCollectorDefinition[]) {
  const time = manualTime(new Date('2026-03-01T06:30:00Z'));
  const records: Readonly<Record<string, unknown>>[] = [];
  const started = await startExporter({
    settings: settings(),
    collectors,
    catalog: false,
    log: (record) => void records.push(record),
    timing: time,
  });
  const running = await stopAfterEach(started);
  const app = application(running);
  return {
    time,
    stop: running.stop,
    /** Returns the problems that the log has. */
    problems: () => records.flatMap(({ problem = [] }) => problem),
    ready: async () => (await app.request('/-/ready')).status,
    /** Returns the lines of a scrape, after a check of their format. */
    scrape: async () => {
      const answer = await app.request('/metrics', { headers: { accept: 'application/openmetrics-text' } });
      const text = await answer.text();
      expect(openMetricsFaults(text)).toEqual([]);
      return text.split('\n');
    },
  };
}

/** Returns a group with one gauge. */
const gauge =
  (name: string, value: () => number): OwnGroup['fill'] =>
  (registry) =>
    new Gauge({ name, help: 'A test.', registers: [registry] }).set(value());

const atScrape = (different: Partial<OwnCollectorDefinition>): OwnCollectorDefinition => ({
  name: 'queues',
  collectAtScrape: { timeoutSeconds: 20 },
  collect: () => [],
  ...different,
});

/** Returns the lines about a metric without descriptions. */
const of = (metric: string, lines: readonly string[]) => lines.filter((line) => line.startsWith(metric));

test('a collector runs at its hours, and its groups and health are served', async () => {
  const times: string[] = [];
  const running = await exporter({
    name: 'queues',
    hours: [6, 7],
    collect: ({ scheduledTime }) => {
      times.push(scheduledTime.toISOString());
      return [{ fill: gauge('queue_messages', () => times.length) }];
    },
  });
  expect(await running.ready()).toBe(503);
  await eventually(async () => expect(await running.ready()).toBe(200));
  const lines = await running.scrape();
  expect(of('queue_messages', lines)).toEqual([`queue_messages{${LABELS}} 1`]);
  expect(of('tollgate_run_incomplete', lines)).toEqual([expect.stringMatching(/collector="queues".* 0$/)]);
  await eventually(async () => expect(running.time.sleepers()).toBe(1));
  await running.time.advance(30 * 60_000);
  await eventually(async () =>
    expect(of('queue_messages', await running.scrape())).toEqual([`queue_messages{${LABELS}} 2`]),
  );
  expect(times).toEqual(['2026-03-01T06:00:00.000Z', '2026-03-01T07:00:00.000Z']);
});

/** Returns what is in a file of the data folder. */
const stored = (file: string): unknown => JSON.parse(readFileSync(path.join(dataDir, file), 'utf8'));

test('collectors without a schedule are forgotten, and run again at once when they return', async () => {
  const hourly = (name: string, metric: string) => ({
    name,
    collect: () => [{ fill: gauge(metric, () => 1) }],
  });
  const [queues, topics, streams] = [
    hourly('queues', 'queue_messages'),
    hourly('topics', 'topic_messages'),
    hourly('streams', 'stream_records'),
  ];
  const first = await exporter(queues, topics, streams);
  await eventually(async () => expect(first.time.sleepers()).toBe(3));
  expect(of('topic_messages', await first.scrape())).toHaveLength(1);
  await first.stop();

  const second = await exporter(
    atScrape({ collect: () => [{ fill: gauge('queue_messages', () => 2) }] }),
    streams,
  );
  const lines = await second.scrape();
  expect(of('queue_messages', lines)).toEqual([`queue_messages{${LABELS}} 2`]);
  expect(of('topic_messages', lines)).toEqual([]);
  expect(of('stream_records', lines)).toHaveLength(1);
  expect(of('tollgate_run_incomplete', lines)).toEqual([expect.stringContaining('collector="streams"')]);
  expect(second.problems()).toEqual([]);
  expect(Object.keys(Object(stored('attempts.json')))).toEqual(['streams']);
  const items = stored('ledger.json') as { readonly item: string }[];
  expect(new Set(items.map(({ item }) => item.split('/')[0]))).toEqual(new Set(['streams']));
  await second.stop();

  const third = await exporter(queues, topics, streams);
  await eventually(async () => expect(third.time.sleepers()).toBe(3));
  expect(of('queue_messages', await third.scrape())).toEqual([`queue_messages{${LABELS}} 1`]);
  expect(third.problems()).toEqual([]);
});

test('200 scrapes in parallel share one collection, and the next scrape collects again', async () => {
  let calls = 0;
  let release = () => {};
  const running = await exporter(
    atScrape({
      collect: async () => {
        calls += 1;
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return [{ fill: gauge('queue_messages', () => calls) }];
      },
    }),
  );
  const scrapes = Promise.all(Array.from({ length: 200 }, running.scrape));
  await eventually(async () => expect(calls).toBe(1));
  release();
  const seen = (await scrapes).flatMap((lines) => of('queue_messages', lines));
  expect([seen.length, ...new Set(seen)]).toEqual([200, `queue_messages{${LABELS}} 1`]);
  const next = running.scrape();
  await eventually(async () => expect(calls).toBe(2));
  release();
  expect(of('queue_messages', await next)).toEqual([`queue_messages{${LABELS}} 2`]);
});

test('a collection that fails has no group, is counted and logged, and the others are served', async () => {
  let isBroken = false;
  const running = await exporter(
    atScrape({
      collect: () => [
        { groupingKey: { queue: 'a' }, fill: gauge('queue_messages', () => 1) },
        { groupingKey: { queue: 'b' }, fill: gauge('queue_messages', () => (isBroken ? Number.NaN : 2)) },
      ],
    }),
    atScrape({ name: 'topics', collect: () => [{ fill: gauge('topic_messages', () => 3) }] }),
  );
  expect(of('queue_messages', await running.scrape())).toHaveLength(2);
  isBroken = true;
  const lines = await running.scrape();
  expect([of('queue_messages', lines), of('topic_messages', lines).length]).toEqual([[], 1]);
  expect(of('tollgate_serve_scrape_failures_total', lines)).toEqual([
    'tollgate_serve_scrape_failures_total{collector="queues",reason="other"} 1',
  ]);
  expect(running.problems()).toEqual([
    'group queues: queue_messages{}: expected a finite value, got NaN (other)',
  ]);
  isBroken = false;
  expect(of('queue_messages', await running.scrape())).toHaveLength(2);
});

test('a collection that takes too long delays a scrape by its limit, and is not begun twice', async () => {
  let [calls, isHanging] = [0, false];
  let release = () => {};
  const running = await exporter(
    atScrape({
      collectAtScrape: { timeoutSeconds: 0.05 },
      collect: async () => {
        calls += 1;
        if (isHanging)
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        return [{ fill: gauge('queue_messages', () => 1) }];
      },
    }),
  );
  const isShown = () =>
    eventually(async () => expect(of('queue_messages', await running.scrape())).toHaveLength(1));
  await isShown(); // The account is known.
  isHanging = true;
  const [earlier, problems] = [calls, running.problems().length];
  for (let scrapes = 0; scrapes < 2; scrapes += 1)
    expect(of('queue_messages', await running.scrape())).toEqual([]);
  expect(calls).toBe(earlier + 1);
  expect(running.problems().slice(problems)).toEqual([
    expect.stringMatching(/^collect: .*The operation was aborted due to timeout \(timeout\)$/),
    'collect: expected the functions of the last collection to have ended, but they still run: pass run.signal to every request (timeout)',
  ]);
  expect(of('tollgate_serve_scrape_failures_total', await running.scrape())).toEqual([
    `tollgate_serve_scrape_failures_total{collector="queues",reason="timeout"} ${problems + 3}`,
  ]);
  isHanging = false;
  release();
  await isShown();
});

test('a counter counts since the process started, so each scrape has the same creation time', async () => {
  const fill: OwnGroup['fill'] = (registry) =>
    new Counter({ name: 'queue_sent_total', help: 'Sent.', registers: [registry] }).inc(7);
  const running = await exporter(atScrape({ collect: () => [{ fill }] }));
  const [first, second] = [await running.scrape(), await running.scrape()];
  expect(of('queue_sent', first)).toEqual([
    `queue_sent_total{${LABELS}} 7`,
    expect.stringContaining('queue_sent_created{'),
  ]);
  expect(of('queue_sent', second)).toEqual(of('queue_sent', first));
});

test('a metric that another collector has is refused, and the scrape stays valid', async () => {
  const collect = () => [{ fill: gauge('queue_messages', () => 1) }];
  const running = await exporter(
    { name: 'hourly', collect },
    atScrape({ collect }),
    atScrape({ name: 'process', collect: () => [{ fill: gauge('nodejs_version_info', () => 1) }] }),
  );
  await eventually(async () => expect(await running.ready()).toBe(200));
  expect(of('queue_messages', await running.scrape())).toEqual([
    `queue_messages{${LABELS.replace('queues', 'hourly')}} 1`,
  ]);
  expect(running.problems().sort()).toEqual([
    expect.stringMatching(
      /^collect: metric nodejs_version_info: expected a name that the exporter does not use/,
    ),
    'collect: metric queue_messages: expected to be collected on a schedule, got it also at each scrape by queues; rename the metric (other)',
  ]);
});

test.each<[string, readonly OwnCollectorDefinition[], string]>([
  [
    'of one name',
    [atScrape({}), atScrape({})],
    'own collector queues: expected one collector of each name, got two',
  ],
  [
    'with a name of Tollgate',
    [atScrape({ name: 'roles' })],
    'own collector: expected a name that Tollgate does not use itself, got "roles"',
  ],
  ['none', [], 'serve: expected a collector of your own together with catalog: false, got none'],
])('collectors %s are a user error', (_, collectors, message) => {
  expect(() => chosenCollectors({ settings: settings(), collectors, catalog: false })).toThrow(message);
});

test('the collectors of a module are its exports, its default and the items of its arrays, each once', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) => atScrape({ name }));
  const exported = { one, handler: () => {}, default: { one, two }, all: [three] };
  expect(collectorsIn('x.js', exported)).toEqual([one, two, three]);
  expect(() => collectorsIn('x.js', { handler: () => {} })).toThrow(
    'x.js: expected an export that ownCollector returned, got handler',
  );
});
