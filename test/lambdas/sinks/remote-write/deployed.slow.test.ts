import type { SinkSettings } from '../../../../lambdas/catalog/sink-settings';
import { type SimulatedWorkspace, simulatedWorkspace } from '../../../../lib/local/aws/aps/workspace';
import type { LedgerItems } from '../../../../lib/local/aws/dynamodb/item';
import { BILL_ACCOUNT_ID } from '../../../../lib/local/bill/bill';
import type { DeployedFunction } from '../../../../lib/local/cloud-assembly';
import { query, startReceiver } from '../../../../lib/local/servers/prometheus';
import type { Server } from '../../../../lib/local/servers/server';
import { NO_FEATURES } from '../../../bench/bundles';
import { emptyBill, userOf } from '../../../support/bill';
import { bundledFunction, REGION, runFunction, variablesOf } from '../../../support/functions';
import { realPrograms } from '../../../support/real-servers';

const WORKSPACE = 'ws-0a1b2c3d';
const ARN = `arn:aws:aps:${REGION}:${BILL_ACCOUNT_ID}:workspace/${WORKSPACE}`;
const CREATED = 'aws_iam_user_create_timestamp_seconds';

let prometheus: Server;
beforeAll(async () => {
  const { prometheus: program } = await realPrograms('prometheus');
  prometheus = await startReceiver(program);
});
afterAll(() => prometheus.stop());

describe.each<[string, () => Place]>([
  [
    'a Prometheus',
    () => ({ sink: { type: 'remote-write', url: `${prometheus.url}/api/v1/write` }, actions: [] }),
  ],
  ['a workspace, which passes requests on', () => managed()],
])('a deployed function that writes to %s', (name, place) => {
  test('shows its users, and those who are deleted vanish with the next run', async () => {
    const { sink, actions, workspace } = place();
    const deployment = name.replaceAll(/\W+/g, '-');
    const fn = await functionWith(sink, { deployment, actions });
    const items: LedgerItems = new Map();
    const run = async (day: number, ...names: string[]) => {
      const bill = emptyBill({ users: names.map((user) => userOf(user)) });
      const scheduledTime = new Date(Date.UTC(2026, 2, day, 6));
      const workspaces = workspace ? [workspace] : [];
      const { error, output } = await runFunction(fn, { bill, scheduledTime, ledger: { items }, workspaces });
      if (error) throw new Error(`${error.errorMessage}\n${output}`);
      await workspace?.forwarded();
    };
    await run(15, 'ana', 'bob');
    expect(await usersIn(deployment)).toEqual(['ana', 'bob']);
    await run(16, 'bob');
    expect(await usersIn(deployment)).toEqual(['bob']);
    await run(17, 'bob', 'ana');
    expect(await usersIn(deployment)).toEqual(['ana', 'bob']);
  });
});

test('a role that allows another workspace is denied, and the failure names the action and the workspace', async () => {
  const { sink, workspace } = managed();
  const actions = [{ action: 'aps:RemoteWrite', resource: ARN.replace(WORKSPACE, 'ws-other') }];
  const fn = await functionWith(sink, { actions });
  const { error } = await runFunction(fn, {
    bill: emptyBill({ users: [userOf('ana')] }),
    workspaces: [workspace],
  });
  expect(error?.errorMessage).toContain(
    `/workspaces/${WORKSPACE}/api/v1/remote_write, got 403: (answer withheld`,
  );
  expect(error?.errorMessage).toContain('expected a role that allows aps:RemoteWrite on the workspace');
});

interface Place {
  readonly sink: SinkSettings;
  /** Permissions of the role besides those of the collector. */
  readonly actions: DeployedFunction['actions'];
  readonly workspace?: SimulatedWorkspace;
}

function managed() {
  return {
    sink: { type: 'remote-write', workspaceArn: ARN } as const,
    actions: [{ action: 'aps:RemoteWrite', resource: ARN }],
    workspace: simulatedWorkspace({ id: WORKSPACE, prometheusUrl: prometheus.url }),
  };
}

async function functionWith(
  sink: SinkSettings,
  { deployment, actions }: { readonly deployment?: string; readonly actions: DeployedFunction['actions'] },
): Promise<DeployedFunction> {
  const fn = await bundledFunction('iam-users', {
    environment: variablesOf('iam-users', { sinks: [sink], deployment }),
    features: { ...NO_FEATURES, ledger: true, remoteWrite: true },
  });
  return { ...fn, actions: [...fn.actions, ...actions] };
}

async function usersIn(deployment: string): Promise<string[]> {
  const results = await query(
    prometheus,
    `last_over_time(${CREATED}{deployment="${deployment}"}[4d]) > -Inf`,
  );
  return results.map(({ labels }) => labels.user_name ?? '').sort();
}
