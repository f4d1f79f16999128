import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type AwsFault, type SimulatedAws, startSimulatedAws } from '../../lib/local/aws/server';
import type { Bill } from '../../lib/local/bill/bill';
import { query } from '../../lib/local/servers/prometheus';
import { type Server, startServer } from '../../lib/local/servers/server';
import { scrapeConfig } from '../../lib/serve/scrape-config';
import { EVERYTHING } from '../local/aws/simulation';
import { billOf } from '../support/bill';
import { eventually } from '../support/eventually';
import { type SeriesLine, seriesIn } from '../support/exposition-lines';
import { runRound } from '../support/local-round';
import { openMetricsFaults } from '../support/open-metrics';
import { realPrograms, realPushgateway } from '../support/real-servers';
import { stopAfterAll } from '../support/stop';
import { type ServeProcess, startServeProcess } from './process';

const MIDNIGHT = new Date(new Date().toISOString().slice(0, 10));
const COLLECTORS = ['iam-users', 'user-costs', 'roles', 'accounts', 'services', 'projects', 'tags'];
/** The last scheduled time of every collector is the time of the bill. */
const HOURS = Object.fromEntries(COLLECTORS.map((name) => [name, [0]]));

const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bill: Bill = billOf({ asOf: MIDNIGHT, months: 13, days: 32 });

function startAws(faults: readonly AwsFault[] = []): Promise<SimulatedAws> {
  const callers = [{ accessKeyId: 'AKIASERVE', name: 'serve', actions: EVERYTHING }];
  return stopAfterAll(startSimulatedAws({ bill, callers, faults }));
}

function start(
  aws: SimulatedAws,
  dataDir: string,
  settings: object = { hours: HOURS },
): Promise<ServeProcess> {
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  return stopAfterAll(
    startServeProcess({
      args: ['--settings', file, '--data-dir', path.join(folder, dataDir)],
      env: {
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIASERVE',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_ENDPOINT_URL: aws.url,
      },
    }),
  );
}

const isReady = ({ url }: ServeProcess) =>
  eventually(async () => expect(await (await fetch(`${url}/-/ready`)).text()).toBe('ready\n'));

async function scraped(url: string): Promise<SeriesLine[]> {
  return seriesIn(await (await fetch(`${url}/metrics`)).text());
}

/**
 * Returns the published series of the catalog that do not depend on the clock or on the sink, without empty labels, which Prometheus
 * drops.
 */
function published(series: readonly SeriesLine[]): string[] {
  const facts = series.filter(
    ({ name, labels }) =>
      labels.job !== undefined &&
      labels.sink === undefined &&
      !/^push_|^tollgate_(run|success)_(start_|duration_|timestamp_|aws_request)|^tollgate_run_aws_requests/.test(
        name,
      ),
  );
  return facts
    .map(
      ({ name, labels, value }) =>
        `${name}${JSON.stringify(
          Object.entries(labels)
            .filter(([, label]) => label !== '')
            .sort(),
        )} ${value}`,
    )
    .sort();
}

test('a real Prometheus with its default settings shows the numbers that it shows of a Pushgateway', async () => {
  const serving = await start(await startAws(), 'equal');
  const gateway = await stopAfterAll(realPushgateway());
  await runRound({ bill, settings: { sinks: [{ type: 'pushgateway', url: gateway.url }], hours: HOURS } });
  await isReady(serving);
  const pushed = published(await scraped(gateway.url));
  expect(published(await scraped(serving.url))).toEqual(pushed);
  const prometheus = await stopAfterAll(startPrometheus(serving.url));
  await eventually(async () => expect(await query(prometheus, 'up == 1')).toHaveLength(1));
  const seen = await query(prometheus, '{job=~".+",job!="tollgate-serve"}');
  const lines = seen.map(({ labels: { __name__: name = '', ...labels }, value }) => ({
    name,
    labels,
    value,
  }));
  expect(published(lines)).toEqual(pushed);
});

/** Starts a Prometheus that has nothing but the documented scrape configuration, with a short interval. */
async function startPrometheus(url: string): Promise<Server> {
  const { prometheus } = await realPrograms('prometheus');
  const configuration = `global: { scrape_interval: 1s }\n${scrapeConfig(url)}`;
  return startServer({
    program: prometheus,
    files: { 'prometheus.yml': configuration },
    args: (address, own) => [
      `--config.file=${path.join(own, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(own, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  });
}

test('200 parallel scrapes during a refresh succeed, each with all groups of a run or none, and send nothing to AWS', async () => {
  const aws = await startAws([{ action: 'ce:GetCostAndUsage', kind: 'delay', ms: 1_500 }]);
  const serving = await start(aws, 'parallel');
  await eventually(async () =>
    expect(aws.requests.some(({ action }) => action.startsWith('ce:'))).toBe(true),
  );
  const bodies: string[] = [];
  while (bodies.length < 600)
    bodies.push(...(await Promise.all(Array.from({ length: 200 }, () => gzipped(serving.url)))));
  await isReady(serving);
  bodies.push(await gzipped(serving.url));
  expect(new Set(bodies.flatMap(openMetricsFaults))).toEqual(new Set());
  const groups = bodies.map(
    (body) => new Set(seriesIn(body).map(({ labels: { job, account_id } }) => `${job} ${account_id}`)),
  );
  const last = groups.at(-1) ?? new Set();
  const ofServices = (all: ReadonlySet<unknown>) =>
    [...all].filter((name) => String(name).startsWith('Services_Cost_')).length;
  expect(ofServices(last)).toBeGreaterThan(2);
  expect(new Set(groups.map(ofServices))).toEqual(new Set([0, ofServices(last)]));
  const counters = bodies.map((body) => body.match(/^tollgate_serve_aws_requests_total.*$/gm) ?? []);
  const counted = counters.at(-1)?.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  const identity = aws.requests.filter(({ action }) => action === 'sts:GetCallerIdentity').length;
  expect(aws.requests.length - identity).toBe(counted);
  const sent = aws.requests.length;
  await Promise.all(Array.from({ length: 200 }, () => gzipped(serving.url)));
  expect(aws.requests.length).toBe(sent);
});

/** Returns the body of a scrape as Prometheus asks for it. */
async function gzipped(url: string): Promise<string> {
  const { get } = await import('node:http');
  const headers = { accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' };
  return new Promise((resolve, reject) => {
    get(`${url}/metrics`, { headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(gunzipSync(Buffer.concat(chunks)).toString())
          : reject(new Error(`expected 200, got ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

test('SIGTERM ends the process with 0, and the next process serves the same series without a request to AWS', async () => {
  const aws = await startAws();
  const first = await start(aws, 'restart');
  await isReady(first);
  const before = published(await scraped(first.url));
  const sent = aws.requests.length;
  expect(await first.end('SIGTERM')).toBe(0);
  expect(first.errors()).toMatch(/^stopping …$/m);
  const second = await start(aws, 'restart');
  await isReady(second);
  expect(published(await scraped(second.url))).toEqual(before);
  expect(await second.end('SIGINT')).toBe(0);
  expect(aws.requests.length).toBe(sent);
});

test('SIGTERM during a run ends the run, and the next process attempts it again', async () => {
  const aws = await startAws([{ action: 'ce:GetCostAndUsage', kind: 'hang', turns: [1] }]);
  const only = { hours: HOURS, resourceServices: [] };
  const first = await start(aws, 'interrupted', only);
  await eventually(async () => expect(aws.requests.some(({ fault }) => fault === 'hang')).toBe(true));
  expect(await first.end('SIGTERM')).toBe(0);
  const second = await start(aws, 'interrupted', only);
  await eventually(async () => {
    const incomplete = (await scraped(second.url)).filter(({ name }) => name === 'tollgate_run_incomplete');
    expect(incomplete.map(({ value }) => value)).toEqual(COLLECTORS.map(() => 0));
  });
});

test('a second signal ends the process at once, and the next process takes over its data folder', async () => {
  const aws = await startAws([{ action: 'ce:GetCostAndUsage', kind: 'hang', turns: [1] }]);
  const only = { hours: HOURS, resourceServices: [] };
  const first = await start(aws, 'twice', only);
  await eventually(async () => expect(aws.requests.some(({ fault }) => fault === 'hang')).toBe(true));
  const ended = first.end('SIGTERM');
  await eventually(async () => expect(first.errors()).toMatch(/^stopping …$/m));
  expect(await first.end('SIGINT')).toBe(130);
  expect(await ended).toBe(130);
  await start(aws, 'twice', only);
});

test('kill -9 while groups are written leaves a snapshot that the next process serves', async () => {
  const aws = await startAws();
  let served = 0;
  for (let round = 1; round <= 4; round += 1) {
    const serving = await start(aws, 'killed');
    // The first groups are written while the other collectors still run.
    await eventually(async () =>
      expect((await scraped(serving.url)).some(({ labels }) => labels.job)).toBe(true),
    );
    expect(await serving.end('SIGKILL')).toBe('SIGKILL');
    const warnings = serving.records().filter(({ level }) => level !== undefined);
    expect(warnings).toEqual([]);
    served += 1;
  }
  expect(served).toBe(4);
  expect(readdirSync(path.join(folder, 'killed'))).not.toContain('snapshot.json.gz.damaged');
  const last = await start(aws, 'killed');
  await isReady(last);
});
