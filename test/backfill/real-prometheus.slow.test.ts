import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { group } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import { sample } from '../../lambdas/metrics/sample';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import { NO_SERIES } from '../../lambdas/sinks/sink';
import { addDays, dayOf, firstOfMonth } from '../../lib/local/bill/day';
import { run } from '../../lib/local/servers/command';
import { query, startReceiver } from '../../lib/local/servers/prometheus';
import { type Server, startServer } from '../../lib/local/servers/server';
import { stopAll } from '../local/aws/simulation';
import { realPrograms } from '../support/real-servers';
import { callAt } from '../support/remote-write';
import { stopAfterEach } from '../support/stop';
import { temporaryFolder } from '../support/temporary-folder';
import { dailyBill } from './bills';
import { simulateFor, startBackfill } from './command';
import { sumsIn } from './truths';

afterEach(stopAll);

const NOW = new Date();
const TODAY = dayOf(NOW);
const BILL = dailyBill({ services: 2, regions: 2, since: firstOfMonth(TODAY, -3), today: TODAY });
const METRICS = [
  'aws_user_billed_cost_usd',
  'aws_service_day_billed_cost_usd',
  'aws_project_billed_cost_usd',
];

test('blocks and old samples by remote write give the numbers of the file, with the default look-back', async () => {
  const { prometheus, promtool } = await realPrograms('prometheus', 'promtool');
  const aws = await simulateFor({ bill: BILL, now: () => NOW });
  const folder = await temporaryFolder();
  const [file, data] = [path.join(folder, 'history.om'), path.join(folder, 'data')];
  const flags = ['--months', '1', '--yes', '--cache', path.join(folder, 'cache')];
  expect((await startBackfill(aws, ...flags, '--out', file).ended).code).toBe(0);
  await mkdir(data);
  expect((await run(promtool, [...CREATE_BLOCKS, file, data])).code).toBe(0);
  const blocks = await stopAfterEach(startOn(prometheus, data));
  const receiver = await stopAfterEach(startReceiver(prometheus, { configuration: ACCEPTS_THE_PAST }));
  const written = await startBackfill(aws, ...flags, '--remote-write', `${receiver.url}/api/v1/write`).ended;
  expect([written.code, written.stderr]).toEqual([0, expect.stringContaining('Cost Explorer: $0.00')]);
  const again = await startBackfill(aws, ...flags, '--remote-write', `${receiver.url}/api/v1/write`).ended;
  expect(again.code).toBe(0);

  const expected = sumsIn(await readFile(file, 'utf8'));
  for (const day of [addDays(firstOfMonth(TODAY, -1), 1), addDays(TODAY, -20), addDays(TODAY, -2)])
    for (const metric of METRICS) {
      const usd = expected.get(metric)?.get(day)?.toNumber();
      const at = `@ ${Date.parse(day) / 1000}`;
      const sums = [
        await sum(blocks, `${metric} ${at}`),
        await sum(receiver, `last_over_time(${metric}[4d] ${at}) > -Inf`),
      ];
      expect([metric, day, ...sums.map(cents)]).toEqual([metric, day, cents(usd), cents(usd)]);
    }
});

test('a receiver that refuses old samples is named, with what it would need', async () => {
  const { prometheus } = await realPrograms('prometheus');
  const aws = await simulateFor({ bill: BILL, now: () => NOW });
  const receiver = await stopAfterEach(startReceiver(prometheus));
  await writeNow(`${receiver.url}/api/v1/write`);
  const flags = ['--months', '1', '--yes', '--cache', await temporaryFolder()];
  const { code, stderr } = await startBackfill(
    aws,
    ...flags,
    '--remote-write',
    `${receiver.url}/api/v1/write`,
  ).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /--remote-write: .*out of bounds.*; expected a receiver that accepts samples of past days/,
  );
});

const CREATE_BLOCKS = ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=720h'];
const ACCEPTS_THE_PAST = 'storage: { tsdb: { out_of_order_time_window: 430d } }';

/** Starts a Prometheus on a data folder. */
function startOn(program: string, data: string): Promise<Server> {
  return startServer({
    program,
    files: { 'prometheus.yml': '{}' },
    args: (address, folder) => [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=${address}`,
      '--storage.tsdb.retention.time=2y',
    ],
  });
}

async function sum(prometheus: Server, expression: string): Promise<number | undefined> {
  const [result] = await query(prometheus, `sum(${expression})`);
  return result?.value;
}

function cents(usd: number | undefined): string | undefined {
  return usd?.toFixed(2);
}

/** Writes a sample of today. A Prometheus that is empty would accept the past, because it has no later sample. */
async function writeNow(url: string): Promise<void> {
  const labels = { account_id: '111122223333', user_name: 'ana' };
  const users = group('IAM_User_Details', labels, [
    sample('aws_iam_user_create_timestamp_seconds', labels, 1),
  ]);
  await remoteWriteSink({ url }).put(registered(users), callAt(new Date(), NO_SERIES));
}
