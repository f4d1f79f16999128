import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LEDGER_ACTIONS, LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import { LEDGER_TABLE } from '../../lib/local/aws/dynamodb/operations';
import { type SimulatedAws, startSimulatedAws } from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type DeployedFunction, readSchedules } from '../../lib/local/cloud-assembly';
import { invoke } from '../../lib/local/lambda';
import { type ServeProcess, startServeProcess } from '../serve/process';
import { emptyBill } from '../support/bill';
import { eventually } from '../support/eventually';
import { REGION, withEnvironment } from '../support/functions';
import { type HttpServer, startHttpServer } from '../support/http-server';
import { openMetricsFaults } from '../support/open-metrics';
import { realPushgateway } from '../support/real-servers';
import { stopAfterAll } from '../support/stop';
import { type PackedExample, packedExample } from './packed-example';

let example: PackedExample;
beforeAll(async () => {
  example = await stopAfterAll(packedExample('own-collector'));
});

describe('the tarball', () => {
  test('has compiled code with types, the sources of functions, and no tests or documents', () => {
    const files = readdirSync(example.installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(example.installed, path.join(entry.parentPath, entry.name)));
    process.stderr.write(`tarball: ${(example.tarballBytes / 1000).toFixed(1)} kB, ${files.length} files\n`);
    expect(files.filter((file) => !SHIPPED.test(file))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/lib/index.js',
        'dist/lib/index.d.ts',
        'dist/lambdas/index.js',
        'dist/lambdas/index.d.ts',
        'dist/lib/serve/index.js',
        'dist/lib/serve/index.d.ts',
        'lambdas/index.ts',
        'lambdas/collectors/user-costs/handler.ts',
      ]),
    );
    expect(example.tarballBytes).toBeLessThan(450_000);
  });

  const SHIPPED =
    /^(dist\/package\.json|dist\/(lambdas|lib)\/.+\.(js|d\.ts)|lambdas\/.+\.ts|package\.json|[A-Z]+\.md|LICENSE)$/;

  test('imports only packages that npm installs with it', () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(path.join(example.installed, 'package.json'), 'utf8'),
    );
    const allowed = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
    const imported = ['dist', 'lambdas'].flatMap((folder) =>
      packagesIn(path.join(example.installed, folder)),
    );
    expect([...new Set(imported)].filter((name) => !allowed.has(name))).toEqual([]);
  });

  test.each([
    [
      'CommonJS',
      [
        '-p',
        "require('tollgate').ScheduledCollector.name + ', ' + require('tollgate/lambdas').ownCollector.name + ', ' + require('tollgate/serve').serve.name",
      ],
    ],
    [
      'an ES module',
      [
        '--input-type=module',
        '-e',
        "import { ScheduledCollector } from 'tollgate'; import { ownCollector } from 'tollgate/lambdas'; import { serve } from 'tollgate/serve'; console.log([ScheduledCollector.name, ownCollector.name, serve.name].join(', '));",
      ],
    ],
  ])('is imported by %s in plain Node.js', async (_, args) => {
    expect(await example.run('node', args)).toEqual({
      status: 0,
      output: 'ScheduledCollector, ownCollector, serve\n',
    });
  });
});

describe('the example', () => {
  test('type-checks', async () => {
    expect(await example.run('tsc', [])).toEqual({ status: 0, output: '' });
  });

  test('passes its own test', async () => {
    const { status, output } = await example.run('npm', ['test', '--silent']);
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  });

  test('is deployed, pushes every queue to a real Pushgateway, and deletes the group of a queue that is gone', async () => {
    const gateway = await stopAfterAll(realPushgateway());
    const service = await stopAfterAll(queueService({ orders: [100, 300], invoices: [] }));
    const fn = withEnvironment(await deployedExample(), {
      TOLLGATE_SETTINGS: JSON.stringify({ sinks: [{ type: 'pushgateway', url: gateway.url }] }),
      QUEUES_URL: service.url,
      [LEDGER_VARIABLE]: LEDGER_TABLE,
    });
    const aws = await stopAfterAll(startSimulatedAws({ bill: emptyBill(), callers: [callerOf(fn)] }));
    expect(await runAt('2026-03-01T06:00:00Z', fn, aws)).toBeUndefined();
    const first = await scraped(gateway.url);
    const labels = 'account_id="111122223333",instance="",job="queues",queue="orders"';
    expect(first).toEqual(
      expect.arrayContaining([
        `queue_messages{${labels}} 2`,
        `queue_processed_total{${labels}} 40`,
        `queue_message_size_bytes_sum{${labels}} 400`,
        `queue_request_duration_seconds_count{${labels}} 1`,
        `queue_consumers_exceptions_total{${labels}} 1`,
        `queue_messages{${labels.replace('orders', 'invoices')}} 0`,
      ]),
    );
    expect(first.filter((line) => /^tollgate_(success_timestamp|run_groups)/.test(line))).toEqual([
      expect.stringContaining('collector="queues",instance="",job="tollgate"} 2'),
      expect.stringContaining('collector="queues",instance="",job="tollgate_success"}'),
    ]);
    service.drop('orders');
    expect(await runAt('2026-03-01T12:00:00Z', fn, aws)).toBeUndefined();
    const second = await scraped(gateway.url);
    expect(second.filter((line) => line.includes('queue="orders"'))).toEqual([]);
    expect(second).toContain(`queue_messages{${labels.replace('orders', 'invoices')}} 0`);
  });
});

test('the example is served, collects at hours and at each scrape, and shows all four types of metrics', async () => {
  const service = await stopAfterAll(queueService({ orders: [100, 300] }));
  const callers = [{ accessKeyId: 'AKIASERVE', name: 'serve', actions: ['sts:GetCallerIdentity'] }];
  const aws = await stopAfterAll(startSimulatedAws({ bill: emptyBill(), callers }));
  const serving = await stopAfterAll(servedExample({ QUEUES_URL: service.url, AWS_ENDPOINT_URL: aws.url }));
  await eventually(async () => expect((await fetch(`${serving.url}/-/ready`)).status).toBe(200));
  const text = await openMetricsOf(serving.url);
  expect(openMetricsFaults(text)).toEqual([]);
  const labels = 'job="queues",instance="",account_id="111122223333",queue="orders"';
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      `queue_messages{${labels}} 2`,
      `queue_processed_total{${labels}} 40`,
      `queue_message_size_bytes_sum{${labels}} 400`,
      `queue_request_duration_seconds_count{${labels}} 1`,
      'live_queues{job="live-queues",instance="",account_id="111122223333"} 1',
    ]),
  );
  service.drop('orders');
  const next = await openMetricsOf(serving.url);
  expect(next).toMatch(/^live_queues\{.*\} 0$/m);
  expect(next).toContain(`queue_messages{${labels}} 2`);
  expect(aws.requests.map(({ action }) => action)).toEqual(['sts:GetCallerIdentity']);
  expect(await serving.end('SIGTERM')).toBe(0);
});

/** Starts the exporter of the example. */
function servedExample(environment: Readonly<Record<string, string>>): Promise<ServeProcess> {
  return startServeProcess({
    command: ['--import', pathToFileURL(require.resolve('tsx')).href, 'serve.ts'],
    cwd: example.folder,
    env: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: 'AKIASERVE',
      AWS_SECRET_ACCESS_KEY: 'x',
      ...environment,
    },
  });
}

async function openMetricsOf(url: string): Promise<string> {
  const headers = { accept: 'application/openmetrics-text; version=1.0.0' };
  return (await fetch(`${url}/metrics`, { headers })).text();
}

/** Synthesises the example's CDK app and returns its only function. */
async function deployedExample(): Promise<DeployedFunction> {
  const { status, output } = await example.run(
    'cdk',
    ['synth', '--quiet', '--no-notices', '--output', 'cdk.out'],
    {
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    },
  );
  expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
  const place = { accountId: BILL_ACCOUNT_ID, region: REGION };
  const schedules = readSchedules(path.join(example.folder, 'cdk.out'), place);
  expect(schedules.map(({ expression }) => expression)).toEqual(['cron(0 0,6,12,18 * * ? *)']);
  const [schedule] = schedules;
  if (!schedule) throw new Error('expected a schedule, got none');
  return schedule.function;
}

function callerOf({ name }: DeployedFunction) {
  return { accessKeyId: `AKIA-${name}`, name, actions: [...LEDGER_ACTIONS] };
}

async function runAt(scheduledTime: string, fn: DeployedFunction, aws: SimulatedAws) {
  const invoker = { awsUrl: aws.url, region: REGION, accessKeyId: callerOf(fn).accessKeyId };
  const { error } = await invoke(fn, { scheduledTime }, invoker);
  return error;
}

async function scraped(url: string): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n');
}

/** Starts a service with queues, by the sizes of their messages, that cannot count consumers. */
async function queueService(
  queues: Record<string, readonly number[]>,
): Promise<HttpServer & { drop(queue: string): void }> {
  const server = await startHttpServer(({ url = '' }, response) => {
    const sizes = queues[url.replace('/queues/', '')];
    const answer =
      url === '/queues' ? Object.keys(queues) : sizes && { waiting: sizes.length, processed: 40, sizes };
    response.statusCode = answer ? 200 : 503;
    response.end(JSON.stringify(answer));
  });
  return { ...server, drop: (queue) => delete queues[queue] };
}

/** Returns the packages that the code below a folder imports, without those of which it imports only types. */
function packagesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.d)\.[jt]s$/.test(file),
  );
  return files.flatMap((file) => {
    const code = readFileSync(path.join(folder, file), 'utf8');
    const names = code.matchAll(
      /^(?:import|export) (?!type )[^;'"]*?from '([^'.][^']*)'|require\("([^".][^"]*)"\)/gm,
    );
    return [...names]
      .map(([, imported, required]) => (imported ?? required ?? '').split('/'))
      .map(([first = '', second]) => (first.startsWith('@') ? `${first}/${second}` : first))
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
  });
}
