import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import { readSettings } from '../../lib/config';
import type { AwsFault, SimulatedAws } from '../../lib/local/aws/server';
import { freePort } from '../../lib/local/servers/free-port';
import { application } from '../../lib/serve/application';
import { startExporter } from '../../lib/serve/exporter';
import { serve } from '../../lib/serve/serve';
import { EVERYTHING, simulate, stopAll } from '../local/aws/simulation';
import { billOf, MEMBER_ID } from '../support/bill';
import { eventually } from '../support/eventually';
import { seriesIn } from '../support/exposition-lines';
import { retryAtOnce } from '../support/retry-at-once';
import { stopAfterEach } from '../support/stop';
import { manualTime } from './manual-time';

const before = { ...process.env };
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tollgate-exporter-'));
  retryAtOnce();
});
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
  rmSync(dataDir, { recursive: true });
});

const START = '2026-03-01T06:30:00Z';
/** Every collector runs at 06:00, the time of the bill. */
const HOURS = {
  'iam-users': [6],
  'user-costs': [6],
  roles: [6],
  accounts: [6],
  services: [6],
  projects: [6],
  tags: [6],
};

/** Starts a simulated AWS and directs the process to it. */
async function cloud(faults: readonly AwsFault[] = []): Promise<SimulatedAws> {
  const callers = [{ accessKeyId: 'AKIACOLLECTOR', name: 'serve', actions: EVERYTHING }];
  const aws = await simulate({ bill: billOf({ months: 13 }), callers, faults });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIACOLLECTOR',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
  return aws;
}

async function exporter(settings: Partial<SettingsInput> = {}, at = START) {
  const time = manualTime(new Date(at));
  const records: Readonly<Record<string, unknown>>[] = [];
  const started = await startExporter({
    settings: readSettings({ sinks: [{ type: 'stdout' }], hours: HOURS, serve: { dataDir }, ...settings }),
    log: (record) => void records.push(record),
    timing: time,
  });
  const running = await stopAfterEach(started);
  const app = application(running);
  const series = async () => seriesIn(await (await app.request('/metrics')).text());
  return {
    ...running,
    time,
    records,
    ready: async () => {
      const answer = await app.request('/-/ready');
      return { status: answer.status, text: await answer.text() };
    },
    series,
    /** Returns the series of a metric as `labels value`, without the labels that every series has. */
    values: async (metric: string) =>
      (await series())
        .filter(({ name }) => name === metric)
        .map(
          ({ labels: { job, instance, account_id, ...labels }, value }) =>
            `${Object.values(labels)} ${value}`,
        )
        .sort(),
  };
}

const ALL = Object.keys(HOURS).sort();

/** Waits until every collector has ended its run and waits for the next. */
const idle = (running: Awaited<ReturnType<typeof exporter>>, collectors = ALL.length) =>
  eventually(async () => expect(running.time.sleepers()).toBe(collectors));

test('every collector runs at once for its last scheduled time, and the exporter becomes ready', async () => {
  const aws = await cloud();
  const running = await exporter();
  expect(await running.ready()).toEqual({
    status: 503,
    text: expect.stringMatching(
      /^not ready: waiting for the first complete run of iam-users, user-costs, roles, /,
    ),
  });
  await idle(running);
  expect(await running.ready()).toEqual({ status: 200, text: 'ready\n' });
  expect(await running.values('tollgate_run_incomplete')).toEqual(ALL.map((name) => `${name} 0`));
  expect(await running.values('tollgate_serve_runs_total')).toEqual(ALL.map((name) => `${name},complete 1`));
  const requests = aws.requests.filter(({ action }) => action.startsWith('ce:')).length;
  const counted = (await running.values('tollgate_serve_aws_requests_total')).filter((one) =>
    one.startsWith('Cost Explorer'),
  );
  expect(counted.reduce((sum, one) => sum + Number(one.split(' ').at(-1)), 0)).toBe(requests);
});

test('a restart serves the same series and sends no request', async () => {
  const aws = await cloud();
  const first = await exporter();
  await idle(first);
  const published = (await first.series()).filter(({ labels }) => labels.job !== undefined);
  await first.stop();
  const sent = aws.requests.length;
  const second = await exporter();
  await idle(second);
  expect(await second.ready()).toEqual({ status: 200, text: 'ready\n' });
  expect((await second.series()).filter(({ labels }) => labels.job !== undefined)).toEqual(published);
  expect(aws.requests.length).toBe(sent);
});

test('the next scheduled time runs every collector once more', async () => {
  const aws = await cloud();
  const twice = Object.fromEntries(ALL.map((name) => [name, [5, 6]]));
  const running = await exporter({ hours: twice }, '2026-03-01T05:30:00Z');
  await idle(running);
  const once = aws.requests.filter(({ action }) => action === 'ce:GetCostAndUsage').length;
  await running.time.advance(30 * 60_000);
  await eventually(async () =>
    expect(await running.values('tollgate_serve_runs_total')).toEqual(
      ALL.map((name) => `${name},complete 2`),
    ),
  );
  expect(aws.requests.filter(({ action }) => action === 'ce:GetCostAndUsage').length).toBe(2 * once);
});

test('after a failed refresh the last good groups stay, with the time of their run', async () => {
  await cloud();
  const first = await exporter();
  await idle(first);
  const costs = await first.values('aws_service_billed_cost_usd');
  const success = await first.values('tollgate_success_timestamp_seconds');
  await first.stop();
  await cloud([{ action: 'ce:GetCostAndUsage', kind: 'deny' }]);
  const running = await exporter({}, '2026-03-02T06:30:00Z');
  await idle(running);
  expect(await running.values('tollgate_run_incomplete')).toEqual(
    ALL.map((name) => `${name} ${['iam-users', 'roles', 'tags'].includes(name) ? 0 : 1}`),
  );
  expect(costs.length).toBeGreaterThan(0);
  expect(await running.values('aws_service_billed_cost_usd')).toEqual(costs);
  const services = (values: readonly string[]) => values.filter((value) => value.startsWith('services '));
  expect(services(await running.values('tollgate_success_timestamp_seconds'))).toEqual(services(success));
  expect(await running.values('tollgate_serve_failures_total')).toContainEqual(
    expect.stringMatching(/^service_costs,denied \d$/),
  );
});

test('a failed run is attempted once more after a minute, and not again before the next scheduled time, also after restarts', async () => {
  const aws = await cloud([{ action: 'ce:GetCostAndUsage', kind: 'error-500' }]);
  const running = await exporter();
  await idle(running);
  await running.time.advance(60_000);
  await eventually(async () =>
    expect(await running.values('tollgate_serve_runs_total')).toContainEqual('services,incomplete 2'),
  );
  await idle(running);
  await running.stop();
  const sent = aws.requests.length;
  const restarted = await exporter();
  await idle(restarted);
  await restarted.time.advance(60 * 60_000);
  await idle(restarted);
  expect(aws.requests.length).toBe(sent);
});

test('a damaged snapshot is moved away with a warning, and costs a new run', async () => {
  await cloud();
  const first = await exporter();
  await idle(first);
  const costs = await first.values('aws_service_billed_cost_usd');
  await first.stop();
  const file = path.join(dataDir, 'snapshot.json.gz');
  writeFileSync(file, 'damaged');
  const second = await exporter();
  expect((await second.ready()).status).toBe(503);
  expect(await second.values('aws_service_billed_cost_usd')).toEqual([]);
  expect(second.records).toContainEqual({
    level: 'warn',
    problem: expect.stringMatching(
      /^snapshot .*snapshot\.json\.gz: expected compressed groups .*; moved to .*\.damaged, and every collector runs again$/,
    ),
  });
  await idle(second);
  expect(await second.values('aws_service_billed_cost_usd')).toEqual(costs);
});

test('while AWS does not say which account it is, nothing is paid, and the runs begin when it answers', async () => {
  const aws = await cloud([{ action: 'sts:GetCallerIdentity', kind: 'error-500' }]);
  const running = await exporter();
  await idle(running);
  expect(await running.values('tollgate_serve_runs_total')).toEqual(
    ALL.map((name) => `${name},not_started 1`),
  );
  expect(new Set(aws.requests.map(({ action }) => action))).toEqual(new Set(['sts:GetCallerIdentity']));
  for (let minute = 0; minute < 3; minute += 1) {
    await running.time.advance(60_000);
    await idle(running);
  }
  await cloud();
  await running.time.advance(60_000);
  await eventually(async () => expect((await running.ready()).status).toBe(200));
});

test('a member that cannot be entered fails its own runs only', async () => {
  await cloud();
  const roleArn = `arn:aws:iam::${MEMBER_ID}:role/tollgate`;
  const running = await exporter({ members: [{ accountId: MEMBER_ID, roleArn }] });
  await idle(running);
  const incomplete = (await running.series()).filter(({ name }) => name === 'tollgate_run_incomplete');
  expect(new Set(incomplete.map(({ labels, value }) => `${labels.account_id} ${value}`))).toEqual(
    new Set(['111122223333 0', `${MEMBER_ID} 1`]),
  );
});

test('a port that is taken is a user error, and nothing is sent to AWS', async () => {
  const aws = await cloud();
  const port = Number(new URL(aws.url).port);
  const settings = readSettings({ sinks: [{ type: 'stdout' }], serve: { dataDir, port } });
  await expect(serve({ settings, warn: () => {} })).rejects.toThrow(
    `serve: expected an address to listen on, got 127.0.0.1, port ${port}: another program listens there`,
  );
  expect(aws.requests).toEqual([]);
  expect(readdirSync(dataDir)).not.toContain('exporter.lock');
});

test('a second exporter of one data folder is a user error, and leaves the files and the lock of the first', async () => {
  const aws = await cloud();
  const first = await exporter();
  await idle(first);
  const [sent, files] = [aws.requests.length, readdirSync(dataDir)];
  await expect(exporter()).rejects.toThrow(
    `serve.dataDir: expected a folder that no other exporter uses, got ${dataDir}, which process ${process.pid} on `,
  );
  expect([aws.requests.length, readdirSync(dataDir)]).toEqual([sent, files]);
  await first.stop();
  expect(readdirSync(dataDir).sort()).toEqual(['attempts.json', 'ledger.json', 'snapshot.json.gz']);
});

test('a host that others reach is a warning, unless credentials are demanded', async () => {
  const port = await freePort(0);
  const settings = readSettings({ sinks: [{ type: 'stdout' }], serve: { dataDir, port, host: '256.0.0.1' } });
  const warnings: string[] = [];
  process.env.AWS_REGION = 'eu-west-1';
  await expect(serve({ settings, warn: (line) => void warnings.push(line) })).rejects.toThrow('256.0.0.1');
  expect(warnings).toEqual([
    expect.stringMatching(/^warning: everyone .* set serve\.auth, .* on 256\.0\.0\.1$/),
  ]);
});

test.each([
  [{ AWS_REGION: '' }, {}, 'AWS_REGION: expected a Region such as eu-west-1 in the environment, got nothing'],
  [
    {},
    { dataDir: '/dev/null/x' },
    /^serve\.dataDir: expected a folder that can be written, got \/dev\/null\/x \(ENOTDIR\)$/,
  ],
  [{}, { auth: { bearerFile: '/missing' } }, /^serve\.auth: expected a token .* \/missing, got ENOENT$/],
])('%j %j is a user error', async (environment, serve, message) => {
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', ...environment });
  const settings = readSettings({ sinks: [{ type: 'stdout' }], serve: { dataDir, ...serve } });
  await expect(startExporter({ settings, log: () => {} })).rejects.toThrow(message);
});
