import * as path from 'node:path';
import { group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { sample } from '../../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import type { GatewayFault } from '../../../lib/local/faults/gateway-proxy';
import { type Answering, startRecordingGateway } from '../../support/recording-gateway';
import { callOf } from '../../support/sink-call';
import { smallBill } from '../bills';
import { facts, healthOf } from '../contents';
import type { Row } from '../row';
import { inScene, type Ran, type Scene } from '../scene';
import { pushForeign, stopAfter } from './gateway';

const RUNS = 12;
const LARGE_RUNS = 100;

/** Rows with many runs through a gateway that fails at random. */
export const UNRELIABLE_GATEWAY_ROWS: readonly Row[] = [
  flakyRow('1 % of pushes reset', { kind: 'reset', probability: 0.01 }),
  flakyRow('2 % of pushes get 503', { kind: 'error-503', probability: 0.02 }),
  {
    row: '5 % of pushes reset',
    injected: `${LARGE_RUNS} runs of 40 PUTs and 60 DELETEs`,
    expected: `at least ${LARGE_RUNS - 1} of ${LARGE_RUNS} complete`,
    run: () =>
      inScene(async (scene) => {
        const { url, requests } = await scene.proxy({ faults: [{ kind: 'reset', probability: 0.05 }] });
        let complete = 0;
        for (let run = 0; run < LARGE_RUNS; run += 1) complete += (await isPushed(url)) ? 1 : 0;
        expect(complete).toBeGreaterThanOrEqual(LARGE_RUNS - 1);
        return `${complete} of ${LARGE_RUNS} complete, ${requests.filter(({ fault }) => fault).length} resets`;
      }),
  },
];

export const FLAKY_GATEWAY_ROWS: readonly Row[] = [
  {
    row: 'any web server as gateway',
    injected: 'every request: 200 and an HTML page',
    expected: 'failure named, nothing counted as pushed',
    run: () =>
      insteadOfGateway(PAGE, async (scene, url) => {
        const ran = await scene.run('user-costs', { gatewayUrl: url });
        expect(ran.error?.errorMessage).toMatch(/expected a Pushgateway at \S+, got an HTML page/);
        return `${ran.failures?.join(', ')}: an HTML page`;
      }),
  },
  {
    row: 'gateway without gzip',
    injected: 'compressed pushes: 400 invalid metric name',
    expected: 'the failure names gzip',
    run: () =>
      insteadOfGateway(WITHOUT_GZIP, async (scene, url) => {
        const ran = await scene.run('user-costs', { gatewayUrl: url });
        expect(ran.error?.errorMessage).toContain('gzip');
        return `${ran.failures?.join(', ')}: gzip named`;
      }),
  },
  {
    row: 'endless list of groups',
    injected: 'every push: 400; the list never ends',
    expected: 'read once, < 512 MB, failure named',
    run: () => insteadOfGateway(ENDLESS, endless),
  },
  {
    row: '12 pushes rejected',
    injected: 'counters of the same names, 10 000 foreign series',
    expected: 'list read at most three times; no empty group',
    run: () =>
      inScene(async (scene) => {
        await crowd(scene);
        const { url, requests } = await scene.proxy({});
        const ran = await scene.run('user-costs', { bill: smallBill({ regions: 6 }), gatewayUrl: url });
        const rejected = ran.output.match(/"part":"push"/g)?.length ?? 0;
        const reads = requests.filter(({ method, job }) => method === 'GET' && job === '').length;
        expect(rejected).toBeGreaterThanOrEqual(12);
        expect(reads).toBeLessThanOrEqual(3);
        expect((await scene.contents()).ghosts).toEqual([]);
        return `${rejected} rejected, ${reads} reads, 0 empty`;
      }),
  },
  {
    row: 'gateway hangs within a run',
    waits: true,
    injected: 'from the 4th request on: no answer',
    expected: 'waited for once; the rest fails at once',
    run: () =>
      inScene(async (scene) => {
        const { url, requests } = await scene.proxy({ faults: [{ kind: 'hang', turns: [[4, 10_000]] }] });
        const ran = await scene.run('user-costs', { bill: smallBill({ regions: 6 }), gatewayUrl: url });
        expect(ran.error?.errorMessage).toContain('no answer from the Pushgateway');
        expect(requests.filter(({ method, job }) => method === 'PUT' && job === 'tollgate')).toEqual([]);
        return `${ran.failures?.join(', ')}; ${ran.seconds.toFixed(0)} s`;
      }),
  },
  {
    row: 'gateway restarts empty within a run',
    injected: 'stopped after the 5th PUT, started without its file',
    expected: 'complete; every group is there',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const before = facts(await scene.contents());
        const restart = async () => {
          await scene.gateway.stop();
          await scene.gateway.start();
        };
        const { url } = await scene.proxy(stopAfter(5, restart));
        const ran = await scene.run('user-costs', { gatewayUrl: url });
        const after = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(facts(after)).toEqual(before);
        expect(healthOf(after, 'user-costs')).toMatchObject({ incomplete: 0, failures: [] });
        return `complete, ${before.length} of ${before.length} series`;
      }),
  },
];

function flakyRow(injected: string, fault: GatewayFault): Row {
  return {
    row: injected,
    injected: `${RUNS} runs`,
    expected: `${RUNS} of ${RUNS} complete, no number wrong`,
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const calm = facts(await scene.contents());
        const { url, requests } = await scene.proxy({ faults: [fault] });
        let complete = 0;
        for (let run = 0; run < RUNS; run += 1)
          complete += (await scene.run('user-costs', { gatewayUrl: url })).error ? 0 : 1;
        expect(complete).toBe(RUNS);
        expect(facts(await scene.contents())).toEqual(calm);
        return `${complete} of ${RUNS}, ${requests.filter((request) => request.fault).length} faults`;
      }),
  };
}

/** Reports whether forty groups could be pushed and sixty deleted. */
async function isPushed(url: string): Promise<boolean> {
  const sink = pushgatewaySink({ url });
  const signal = new AbortController().signal;
  const labels = (i: number) => ({ account_id: '111122223333', region: `region-${i}` });
  const groups = Array.from({ length: 100 }, (_, i) =>
    group('IAM_User_Total_Services_Cost_List', labels(i), [
      sample('aws_user_billed_cost_usd', { ...labels(i), user_name: 'ana' }, 1),
    ]),
  );
  const ended = await Promise.allSettled([
    ...groups.slice(0, 40).map((one) => sink.put(registered(one), callOf(signal))),
    ...groups.slice(40).map((one) => sink.delete(one, callOf(signal))),
  ]);
  return ended.every(({ status }) => status === 'fulfilled');
}

function insteadOfGateway(answering: Answering, play: (scene: Scene, url: string) => Promise<string>) {
  return inScene(async (scene) => {
    const server = await startRecordingGateway(answering);
    try {
      return await play(scene, server.url);
    } finally {
      await server.stop();
    }
  });
}

const PAGE: Answering = (_, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Welcome');

const WITHOUT_GZIP: Answering = ({ headers }, response) =>
  headers['content-encoding'] === 'gzip'
    ? response.writeHead(400).end('text format parsing error in line 1: invalid metric name')
    : response.writeHead(200).end();

let lists = 0;

const ENDLESS: Answering = ({ method, url }, response) => {
  if (method !== 'GET') return response.writeHead(400).end('inconsistent');
  if (!url.endsWith('/metrics')) return response.writeHead(405).end();
  lists += 1;
  const lines = 'aws_foreign{name="somebody"} 1\n'.repeat(10_000);
  const write = () => {
    while (!response.destroyed && response.write(lines));
  };
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
  response.on('drain', write);
  return write();
};

async function endless(scene: Scene, gatewayUrl: string): Promise<string> {
  const environment = { NODE_OPTIONS: `--require ${path.join(__dirname, '../report-memory.cjs')}` };
  const ran = await scene.run('user-costs', { gatewayUrl, environment });
  expect(ran.error?.errorMessage).toContain('got 400');
  expect(lists).toBe(1);
  expect(megabytes(ran)).toBeLessThan(512);
  return `${lists} read, ${megabytes(ran)} MB`;
}

function megabytes({ output }: Ran): number {
  const [, kilobytes = 'NaN'] = /max-rss-kb (\d+)/.exec(output) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** Fills the gateway with foreign series, two of which make it refuse Tollgate's. */
async function crowd({ gateway }: Scene): Promise<void> {
  const lines = Array.from({ length: 10_000 }, (_, i) => `foreign_value{number="${i}"} 1\n`).join('');
  await fetch(`${gateway.url}/metrics/job/crowd`, { method: 'PUT', body: lines });
  for (const metric of ['aws_user_billed_cost_usd', 'aws_user_resource_billed_cost_usd'])
    await pushForeign(gateway, metric);
}
