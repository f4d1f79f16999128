import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import { type Group, group } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { sample } from '../../../lambdas/metrics/sample';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import { run } from '../../../lambdas/run/run';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { memoryStore } from '../../support/memory-store';
import { gatewaySink } from '../../support/suite-sink';
import { contentsOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

const account_id = '111122223333';
const RUNS = 300;
const FIRST = new Date('2026-03-01T06:00:00Z');
const HOUR_MS = 3_600_000;

export const SOAK_ROWS: readonly Row[] = [
  {
    row: `soak, ${RUNS} runs`,
    injected: 'one gateway; users and Regions come and go',
    expected: 'groups and series do not grow, none is empty',
    run: () =>
      inScene(async ({ gateway }) => {
        const sizes: string[] = [];
        const ledger = memoryStore();
        for (let n = 1; n <= RUNS; n += 1) {
          await soakRun(gateway.url, { ledger, n });
          if (n % (RUNS / 3) !== 0) continue;
          const { groups, series, ghosts } = await contentsOf(gateway);
          expect(ghosts).toEqual([]);
          sizes.push(`${groups.length} groups, ${series.length} series`);
        }
        expect(new Set(sizes).size).toBe(1);
        return `${sizes[0]} after ${RUNS / 3}, ${(RUNS / 3) * 2} and ${RUNS}`;
      }),
  },
];

/** Runs every collector once. Each n has its own users and its own Region, as many as any other. */
async function soakRun(url: string, { ledger, n }: { ledger: LedgerStore; n: number }): Promise<void> {
  const at = new Date(FIRST.getTime() + n * HOUR_MS);
  const found = { 'iam-users': [inventory(n)], 'user-costs': n % 10 === 0 ? costs(n) : undefined };
  for (const [name, groups] of Object.entries(found)) {
    if (!groups) continue;
    const report = await run({
      name: name as CollectorName,
      accountId: account_id,
      isMember: false,
      profile: tollgateProfile,
      partition: 'aws',
      suiteAccounts: [],
      scheduledTime: at,
      collect: async () => ({ groups, failures: [] }),
      sinks: [gatewaySink(pushgatewaySink({ url }))],
      meter: requestMeter(0),
      deadlines: deadlinesOf(60_000),
      ledger,
      leaseUntil: at,
      replace: false,
      pays: false,
      now: () => at,
    });
    expect(report.failures).toEqual([]);
  }
}

function inventory(n: number): Group {
  const users = Array.from({ length: 20 }, (_, i) => `user-${n + i}`);
  return group(
    'IAM_User_Details',
    { account_id },
    users.map((user_name) => sample('aws_iam_user_create_timestamp_seconds', { account_id, user_name }, n)),
  );
}

function costs(n: number): Group[] {
  const turning = ['us-west-2', 'eu-central-1', 'ap-south-1'][(n / 10) % 3] ?? '';
  return ['eu-west-1', turning].map((region) => {
    const labels = { account_id, region };
    const line = sample('aws_user_billed_cost_usd', { ...labels, user_name: `user-${n}` }, n);
    return group('IAM_User_Total_Services_Cost_List', labels, [line]);
  });
}
