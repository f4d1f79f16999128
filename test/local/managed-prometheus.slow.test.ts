import { LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import { simulatedWorkspace } from '../../lib/local/aws/aps/workspace';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type LocalCloud, startLocalCloud } from '../../lib/local/local-cloud';
import { query, startReceiver } from '../../lib/local/servers/prometheus';
import { billOf } from '../support/bill';
import { REGION } from '../support/functions';
import { realPrograms } from '../support/real-servers';
import { seriesName } from '../support/remote-write';
import { stopAfterAll } from '../support/stop';

const WORKSPACE = 'ws-0a1b2c3d';
const ARN = `arn:aws:aps:${REGION}:${BILL_ACCOUNT_ID}:workspace/${WORKSPACE}`;

test('the synthesised app writes every group to a workspace, and the numbers are read as they were sent', async () => {
  const { prometheus: program } = await realPrograms('prometheus');
  const prometheus = await stopAfterAll(startReceiver(program));
  const workspace = simulatedWorkspace({ id: WORKSPACE, prometheusUrl: prometheus.url });
  const cloud = await stopAfterAll(
    startLocalCloud({
      bill: billOf(),
      settings: { sinks: [{ type: 'remote-write', workspaceArn: ARN }] },
      workspaces: [workspace],
    }),
  );
  // The health of the first round counts requests that record new groups; those of the second are gone.
  const [, , calm] = [await roundOf(cloud), await roundOf(cloud), await roundOf(cloud)];
  await workspace.forwarded();
  const sent = [...workspace.samples]
    .map(
      ([labels, samples]) => [seriesName(JSON.parse(labels)), samples.at(-1)?.value ?? Number.NaN] as const,
    )
    .filter(([, value]) => !Number.isNaN(value));
  const results = await query(prometheus, 'last_over_time({job!=""}[4d]) > -Inf');
  const read = results.map(({ labels, value }) => [seriesName(sorted(labels)), value]);
  expect(Object.fromEntries(read)).toEqual(Object.fromEntries(sent));
  expect(new Set(results.map(({ labels }) => labels.job)).size).toBeGreaterThan(10);
  // A run of the same series writes the item of the run, at its start and at its end, and no memory.
  const ledgers = cloud.schedules.filter(({ function: { environment } }) => LEDGER_VARIABLE in environment);
  expect(calm?.filter((action) => /^dynamodb:.*(Put|Write)/.test(action))).toEqual(
    ledgers.flatMap(() => ['dynamodb:PutItem', 'dynamodb:PutItem']),
  );
});

/** Runs every function once, and returns the requests to AWS. */
async function roundOf(cloud: LocalCloud): Promise<string[]> {
  const before = cloud.aws.requests.length;
  const errors = (await cloud.round(async () => {})).flatMap(({ error }) => error ?? []);
  expect(errors).toEqual([]);
  return cloud.aws.requests.slice(before).map(({ action }) => action);
}

function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
