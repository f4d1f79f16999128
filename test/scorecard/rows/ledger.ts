import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { AwsFault } from '../../../lib/local/aws/server';
import type { Bill } from '../../../lib/local/bill/bill';
import { addDays, dayOf } from '../../../lib/local/bill/day';
import type { GatewayProxy } from '../../../lib/local/faults/gateway-proxy';
import { billOf, NOON, ownedBy, smallBill } from '../bills';
import { facts, healthOf, named } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene, type RunOptions, type Scene } from '../scene';

const YESTERDAY = new Date(NOON.getTime() - 86_400_000);

export const LEDGER_ROWS: readonly Row[] = [
  {
    row: 'calm run',
    injected: 'two runs of every collector that reads cost, same subjects',
    expected: 'the second sends no DELETE',
    run: () =>
      inScene(async (scene) => {
        const proxy = await scene.proxy({});
        const bill = smallBill({ members: 2, months: 1 });
        for (const name of READERS)
          await complete(scene, name, { bill: { ...bill, asOf: YESTERDAY }, gatewayUrl: proxy.url });
        const first = deletes(proxy);
        const before = facts(await scene.contents()).length;
        for (const name of READERS) await complete(scene, name, { bill, gatewayUrl: proxy.url });
        expect([first > 0, deletes(proxy) - first]).toEqual([true, 0]);
        expect(facts(await scene.contents()).length).toBeGreaterThanOrEqual(before);
        return `${first} DELETEs, then 0`;
      }),
  },
  {
    row: 'Region that no table knows',
    injected: 'cost in xx-new-1, then none',
    expected: 'its groups go with the next run',
    run: () =>
      inScene(async (scene) => {
        const groups = async (region: string | undefined, asOf: Date) => {
          const bill = costIn(['eu-west-1', ...(region ? [region] : [])], asOf);
          await complete(scene, 'user-costs', { bill });
          await complete(scene, 'services', { bill });
          return (await scene.contents()).groups.filter((job) => job.endsWith('_xx-new-1')).length;
        };
        const counts = [await groups('xx-new-1', YESTERDAY), await groups(undefined, NOON)];
        expect(counts).toEqual([3, 0]);
        return '3 groups, then 0';
      }),
  },
  {
    row: 'closed accounts, day after day',
    injected: '20 closed accounts in an organization, two days',
    expected: 'deleted once: no DELETE on the second day',
    run: () =>
      inScene(async (scene) => {
        const proxy = await scene.proxy({});
        const bill = withClosedAccounts(smallBill({ members: 20, months: 1 }));
        await complete(scene, 'accounts', { bill: { ...bill, asOf: YESTERDAY }, gatewayUrl: proxy.url });
        const first = deletes(proxy);
        await complete(scene, 'accounts', { bill, gatewayUrl: proxy.url });
        expect([first > 4_000, deletes(proxy) - first]).toEqual([true, 0]);
        return `${first} DELETEs, then 0`;
      }),
  },
  retryRow('retry after the cap', {
    injected: 'the cap is reached; the event again',
    options: { pageSize: 1, settings: { maxRequests: 4 } },
    message: /the cap of 4 Cost Explorer requests per run is reached/,
  }),
  retryRow('retry after a denial', {
    injected: 'Cost Explorer denied; the event again',
    options: { denied: ['ce:GetCostAndUsage'] },
    message: /\(denied\)/,
  }),
  retryRow('retry after an invalid amount', {
    injected: 'an amount of "N/A"; the event again',
    options: { faults: [{ action: 'ce:GetCostAndUsage', kind: 'amount', amount: 'N/A' }] },
    message: /bad_amount/,
  }),
  {
    row: 'retry after throttling',
    injected: 'every CE call throttled; the event again, without faults',
    expected: 'the second queries, and is complete',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        const faults: AwsFault[] = [{ action: 'ce:*', kind: 'throttle' }];
        const first = await scene.run('services', { ledger, faults });
        const retry = await scene.run('services', { ledger });
        expect([first.error?.errorType, retry.error]).toEqual(['IncompleteRunError', undefined]);
        return `${costExplorerRequests(retry.requests).length} requests, complete`;
      }),
  },
  {
    row: 'gateway lost other groups',
    injected: 'restarted empty between two collectors',
    expected: 'the run counts the groups that others lost',
    run: () =>
      inScene(async (scene) => {
        await complete(scene, 'user-costs');
        const lost = (await scene.contents()).groups.length;
        await scene.gateway.stop();
        await scene.gateway.start();
        await complete(scene, 'services');
        const [missing] = named(await scene.contents(), 'tollgate_groups_missing');
        expect([missing?.labels.collector, missing?.value]).toEqual(['services', lost]);
        return `${missing?.value} of ${lost} counted`;
      }),
  },
  {
    row: 'ledger unreachable',
    injected: 'DynamoDB denies everything; a Region has no more cost',
    expected: 'published, nothing deleted, reported',
    run: () =>
      inScene(async (scene) => {
        await complete(scene, 'services', { bill: costIn(['eu-west-1', 'us-east-1'], YESTERDAY) });
        const bill = costIn(['eu-west-1'], NOON);
        const { ledger } = scene;
        const blind = await scene.run('services', { bill, ledger, denied: ['dynamodb:Query'] });
        const contents = await scene.contents();
        expect(blind.error?.errorMessage).toMatch(
          /^services: incomplete run: ledger: .*dynamodb:Query.*\(denied\)$/,
        );
        expect(contents.groups.filter((job) => job.startsWith('Services_Cost'))).toEqual([
          'Services_Cost_eu-west-1',
          'Services_Cost_us-east-1',
        ]);
        expect(healthOf(contents, 'services')).toMatchObject({ incomplete: 1, failures: ['ledger denied'] });
        await complete(scene, 'services', { bill, event: { replace: true } });
        expect((await scene.contents()).groups).not.toContain('Services_Cost_us-east-1');
        return 'ledger denied; 2 groups kept, then 1';
      }),
  },
  {
    row: 'other names for the metrics',
    injected: 'three runs, each with another deployment',
    expected: 'no group of the old names is left',
    run: () =>
      inScene(async (scene) => {
        const settingsOf = [{ deployment: 'blue' }, { deployment: 'green' }, {}] as const;
        const seen: string[] = [];
        for (const [day, settings] of settingsOf.entries()) {
          const bill = costIn(['eu-west-1', 'us-east-1'], new Date(YESTERDAY.getTime() + day * 60_000));
          await complete(scene, 'services', { bill, settings });
          const { series, groups } = await scene.contents();
          const deployments = new Set(series.map(({ labels }) => labels.deployment ?? 'none'));
          seen.push(
            `${[...deployments].join()} ${groups.filter((job) => !job.startsWith('tollgate')).join()}`,
          );
        }
        expect(seen).toEqual([
          'blue Services_Cost_eu-west-1,Services_Cost_us-east-1',
          'green Services_Cost_eu-west-1,Services_Cost_us-east-1',
          'none Services_Cost_eu-west-1,Services_Cost_us-east-1',
        ]);
        return 'only the current names';
      }),
  },
];

/** Collectors that query Cost Explorer or many Regions. */
const READERS = ['iam-users', 'user-costs', 'roles', 'accounts', 'services', 'projects', 'tags'] as const;

interface RetryRow {
  readonly injected: string;
  readonly options: RunOptions;
  /** The failure of the first attempt, which the second reports again. */
  readonly message: RegExp;
}

function retryRow(row: string, { injected, options, message }: RetryRow): Row {
  return {
    row,
    injected,
    expected: 'the second fails alike, and pays nothing',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        const first = await scene.run('services', { ...options, ledger });
        const retry = await scene.run('services', { ledger });
        const errors = [first, retry].map(({ error }) => error?.errorMessage);
        expect(errors).toEqual([expect.stringMatching(message), expect.stringMatching(message)]);
        expect(errors[1]).toContain('nothing was queried');
        expect(costExplorerRequests(retry.requests)).toEqual([]);
        const replaced = await scene.run('services', { ledger, event: { replace: true } });
        expect(replaced.error).toBeUndefined();
        const paid = [first, retry, replaced].map(({ requests }) => costExplorerRequests(requests).length);
        return `${paid[0]} requests, 0, and with replace ${paid[2]}`;
      }),
  };
}

async function complete(scene: Scene, name: CollectorName, options: RunOptions = {}): Promise<void> {
  const ran = await scene.run(name, { ledger: scene.ledger, ...options });
  expect(ran.error).toBeUndefined();
}

function withClosedAccounts({ organization, ...bill }: Bill): Bill {
  const accounts = (organization?.accounts ?? []).map((account) =>
    account.id === bill.accountId ? account : { ...account, state: 'CLOSED' as const },
  );
  return { ...bill, ...(organization && { organization: { ...organization, accounts } }) };
}

function deletes({ requests }: GatewayProxy): number {
  return requests.filter(({ method }) => method === 'DELETE').length;
}

function costIn(regions: readonly string[], asOf: Date) {
  const day = addDays(dayOf(asOf), -1);
  return billOf(
    regions.map((region) => ({ day, region, ...ownedBy('ana') })),
    { asOf },
  );
}
