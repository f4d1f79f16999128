import { setImmediate } from 'node:timers/promises';
import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { Collector, Findings } from '../../../lambdas/collector';
import type { Failure } from '../../../lambdas/failure';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import { type Group, group } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { observed, sample } from '../../../lambdas/metrics/sample';
import { xc3Profile } from '../../../lambdas/metrics/xc3';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import type { Run } from '../../../lambdas/run/ports';
import { demandComplete, type RunReport, run } from '../../../lambdas/run/run';
import { type FakeStore, fakeStore } from '../../support/fake-store';
import { memoryStore } from '../../support/memory-store';
import { gatewaySink } from '../../support/suite-sink';
import { FOUND } from '../metrics/xc3/findings';

const ACCOUNT = '111122223333';
const DAY = new Date('2026-03-14T06:00:00Z');
const NEXT_DAY = new Date('2026-03-15T06:00:00Z');
const NOW = new Date('2026-03-15T06:00:01Z');
const CAP: Failure = { part: 'resource_costs', reason: 'request_cap', message: 'the cap of 30 is reached' };
const THROTTLED: Failure = { part: 'resource_costs', reason: 'throttled', message: 'slow down' };

let store: FakeStore;
let ledger: LedgerStore;
beforeEach(() => {
  store = fakeStore();
  ledger = memoryStore();
});

test('from the second run on, a run without changes sends no DELETE', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  expect(store.deleted().length).toBeGreaterThan(0);
  store.clear();
  expect((await collected(NEXT_DAY, found('eu-west-1', 'us-east-1'))).failures).toEqual([]);
  expect(store.deleted()).toEqual([]);
});

test('a run reads the ledger once, asks once for its turn, and writes only what differs', async () => {
  const first = recorded(ledger);
  await collected(DAY, found('eu-west-1'), { ledger: first.store });
  const calm = recorded(ledger);
  await collected(NEXT_DAY, found('eu-west-1'), { ledger: calm.store });
  expect([first.calls, calm.calls]).toEqual([
    ['list', 'put', 'change +3 -0', 'get', 'put'],
    ['list', 'put', 'get', 'put'],
  ]);
});

test('only a group that an earlier run published and that has no subject is deleted, in a Region that no table knows', async () => {
  await collected(DAY, found('eu-west-1', 'xx-new-1'));
  store.clear();
  await collected(NEXT_DAY, found('eu-west-1'));
  expect(store.deleted()).toEqual(['Services_Cost_xx-new-1']);
  store.clear();
  await collected(new Date('2026-03-15T06:00:00.500Z'), found('eu-west-1'));
  expect(store.deleted()).toEqual([]);
});

test('a group that has observations alone is pushed, and one without content is not', async () => {
  const durations = observed(
    'tollgate_run_push_duration_seconds',
    { account_id: ACCOUNT, collector: 'tags', sink: 'stdout' },
    [1],
  );
  const key = { account_id: ACCOUNT };
  const groups = [
    { job: 'observations', groupingKey: key, samples: [], observed: [durations] },
    { job: 'nothing', groupingKey: key, samples: [] },
  ];
  expect((await collected(DAY, { groups, failures: [] })).failures).toEqual([]);
  expect(store.names().filter((name) => !name.startsWith('tollgate'))).toEqual([`observations ${ACCOUNT}`]);
});

test('a group whose deletion failed is deleted by the retry', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  store.refuse('Services_Cost_us-east-1');
  expect((await collected(NEXT_DAY, found('eu-west-1'))).failures).toMatchObject([{ part: 'delete' }]);
  store.refuse('');
  store.clear();
  expect((await collected(NEXT_DAY, found('eu-west-1'))).failures).toEqual([]);
  expect(store.deleted()).toEqual(['Services_Cost_us-east-1']);
});

test('a new deployment name replaces every group and its health', async () => {
  await collected(DAY, found('eu-west-1'));
  await collected(NEXT_DAY, found('eu-west-1'), { deployment: 'blue' });
  expect(store.names()).toEqual([
    `Services_Cost_eu-west-1 ${ACCOUNT} blue`,
    `tollgate ${ACCOUNT} blue services`,
    `tollgate_success ${ACCOUNT} blue services`,
  ]);
});

test('another profile replaces the groups, and keeps the health', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  await collected(NEXT_DAY, found('eu-west-1', 'us-east-1'), { profile: xc3Profile({ accountNames: {} }) });
  expect(store.names().map((name) => name.split(' ')[0])).toEqual([ACCOUNT, 'tollgate', 'tollgate_success']);
});

test('a run of a time that was complete collects nothing and pushes nothing, unless it replaces', async () => {
  await collected(DAY, { ...found('eu-west-1'), covers: [ACCOUNT, '222233334444', '999900001111'] });
  const before = store.names();
  store.clear();
  const again = await collected(DAY, NEVER);
  expect(again).toMatchObject({ skipped: 'complete', covers: [ACCOUNT, '222233334444'], failures: [] });
  expect([store.calls(), store.names()]).toEqual([[], before]);
  await collected(DAY, found('us-east-1'), { replace: true });
  expect(store.names()).toContain(`Services_Cost_us-east-1 ${ACCOUNT}`);
});

test('a run of an earlier time is refused with advice, and a run of tomorrow also', async () => {
  await collected(NEXT_DAY, found('eu-west-1'));
  store.clear();
  const late = await collected(DAY, NEVER);
  const early = await collected(new Date('2026-03-16T06:00:00Z'), NEVER);
  expect([late.skipped, early.skipped, store.calls()]).toEqual(['refused', 'refused', []]);
  expect(() => demandComplete('services', [late])).toThrow(/came first.*add "replace": true to the event/);
  expect(() => demandComplete('services', [early])).toThrow(
    /at most five minutes after.*add "replace": true/,
  );
});

test('a failure that no retry can fix is reported again without a query', async () => {
  const first = await collected(DAY, { ...found('eu-west-1'), failures: [CAP] });
  store.clear();
  const retry = await collected(DAY, NEVER);
  expect([first.skipped, retry.skipped, retry.failures, store.calls()]).toEqual([
    undefined,
    'permanent',
    [CAP],
    [],
  ]);
  expect(() => demandComplete('services', [retry])).toThrow(
    'services: incomplete run: resource_costs: the cap of 30 is reached (request_cap) (the failures of the first attempt, which no retry can fix: nothing was queried; when they are fixed, add "replace": true to the event)',
  );
  expect((await collected(NEXT_DAY, found('eu-west-1'))).failures).toEqual([]);
});

test('a random failure, alone or beside one that no retry can fix, is retried', async () => {
  await collected(DAY, { ...found('eu-west-1'), failures: [CAP, THROTTLED] });
  expect(await collected(DAY, found('eu-west-1'))).toMatchObject({ failures: [], groupsPushed: 1 });
});

test('a run that another one has taken over pushes and deletes nothing more, and is no failure', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  const slow = collected(NEXT_DAY, async () => {
    await collected(NEXT_DAY, found('eu-west-1', 'us-east-1', 'eu-north-1'));
    return found('eu-west-1');
  });
  expect(await slow).toMatchObject({ skipped: 'superseded', groupsPushed: 0, failures: [] });
  expect(store.names()).toContain(`Services_Cost_eu-north-1 ${ACCOUNT}`);
  expect((await collected(NEXT_DAY, NEVER)).skipped).toBe('complete');
});

test('without an answer of the ledger a run publishes, deletes nothing and reports it', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  store.clear();
  const unreachable: LedgerStore = { ...ledger, list: async () => Promise.reject(new Error('no answer')) };
  const report = await collected(NEXT_DAY, found('eu-west-1'), { ledger: unreachable });
  expect(report.failures).toEqual([{ part: 'ledger', reason: 'other', message: 'no answer' }]);
  expect(store.deleted()).toEqual([]);
  expect(store.names()).toEqual([
    `Services_Cost_eu-west-1 ${ACCOUNT}`,
    `Services_Cost_us-east-1 ${ACCOUNT}`,
    `tollgate ${ACCOUNT} services`,
    `tollgate_success ${ACCOUNT} services`,
  ]);
});

test.each<[string, Failure[]]>([
  ['alone', []],
  ['beside another failure', [THROTTLED]],
])(
  'a ledger that fails within the run, %s, is reported, and the next complete run deletes by the tables again',
  async (_, failures) => {
    await collected(DAY, found('eu-west-1'));
    const failing: LedgerStore = { ...ledger, change: async () => Promise.reject(new Error('no answer')) };
    const findings = { ...found('eu-west-1', 'us-east-1'), failures };
    const report = await collected(NEXT_DAY, findings, { ledger: failing });
    expect(report).toMatchObject({
      groupsPushed: 2,
      failures: [...failures, { part: 'ledger', sink: 'store', reason: 'other', message: 'no answer' }],
    });
    await collected(NEXT_DAY, found('eu-west-1'));
    expect(store.names()).not.toContain(`Services_Cost_us-east-1 ${ACCOUNT}`);
  },
);

test('a ledger that stops answering within a run is asked once, and no group is deleted', async () => {
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  store.clear();
  let asked = 0;
  let time = NOW.getTime();
  const silent: LedgerStore = {
    ...ledger,
    async get() {
      asked += 1;
      await setImmediate();
      time += 10_000;
      throw new Error('no answer');
    },
  };
  const regions = Array.from({ length: 30 }, (_, i) => `xx-new-${i}`);
  const report = await collected(NEXT_DAY, found(...regions), { ledger: silent, now: () => new Date(time) });
  expect([asked, report.groupsPushed, store.deleted()]).toEqual([1, 30, []]);
  expect(report.failures).toEqual([{ part: 'ledger', reason: 'other', message: 'no answer' }]);
});

test('a run that cannot record its result fails, so that it is known', async () => {
  const put = ledger.put;
  let puts = 0;
  const failing: LedgerStore = {
    ...ledger,
    put: async (item, expected) => {
      puts += 1;
      if (puts > 1) throw new Error('no answer');
      return put(item, expected);
    },
  };
  const report = await collected(DAY, found('eu-west-1'), { ledger: failing });
  expect(report).toMatchObject({ groupsPushed: 1, failures: [{ part: 'ledger', message: 'no answer' }] });
});

test('data that was not available keeps its groups, and its first day without it stays known until it is back', async () => {
  const resources = { part: 'service_costs', jobs: ['Services_Cost'] } as const;
  await collected(DAY, found('eu-west-1'));
  store.clear();
  const without = { ...found(), unavailable: [resources] };
  await collected(NEXT_DAY, without);
  expect(store.deleted()).toEqual([]);
  const after = new Date('2026-03-15T06:00:00.500Z');
  await collected(after, { ...found(), failures: [THROTTLED] });
  await collected(after, without);
  expect(since()).toEqual({ service_costs: NEXT_DAY.toISOString() });
  await collected(new Date('2026-03-15T06:00:00.700Z'), found('eu-west-1'));
  expect(since()).toEqual({});
});

test('a gateway that does not answer is noticed before anything is queried', async () => {
  store.down(true);
  const report = await collected(DAY, NEVER);
  expect(report.failures[0]).toMatchObject({ part: 'push', message: 'no answer from the gateway' });
  store.down(false);
  expect((await collected(DAY, found('eu-west-1'))).failures).toEqual([]);
});

test('a gateway that lost groups gets those of this run again, and those of other collectors are counted', async () => {
  await collected(DAY, { groups: [tags('eu-west-1'), tags('us-east-1')], failures: [] }, { name: 'tags' });
  store.loseAfterPuts();
  const report = await collected(DAY, found('eu-west-1', 'us-east-1'));
  expect([report.failures, store.names()]).toEqual([
    [],
    [
      `Services_Cost_eu-west-1 ${ACCOUNT}`,
      `Services_Cost_us-east-1 ${ACCOUNT}`,
      `tollgate ${ACCOUNT} services`,
      `tollgate_success ${ACCOUNT} services`,
    ],
  ]);
  expect(await store.valueOf('tollgate', 'tollgate_groups_missing')).toBe(4);
  await collected(NEXT_DAY, { groups: [tags('eu-west-1')], failures: [] }, { name: 'tags' });
  await collected(NEXT_DAY, found('eu-west-1', 'us-east-1'));
  expect(await store.valueOf('tollgate', 'tollgate_groups_missing')).toBe(0);
});

test('groups that another account answers for are deleted by that account’s run alone', async () => {
  const payer = { accountId: '222233334444' };
  await collected(DAY, found(), payer);
  await collected(DAY, found('eu-west-1', 'us-east-1'));
  store.clear();
  await collected(NEXT_DAY, { ...found(), answeredElsewhere: true });
  expect(store.deleted()).toEqual([]);
  await collected(NEXT_DAY, { ...found('eu-west-1'), covers: [ACCOUNT] }, payer);
  expect(store.names()).toContain(`Services_Cost_eu-west-1 ${ACCOUNT}`);
  expect(store.names()).not.toContain(`Services_Cost_us-east-1 ${ACCOUNT}`);
  store.clear();
  await collected(new Date('2026-03-15T06:00:00.500Z'), found());
  expect(store.deleted()).toEqual([]);
});

test('a merged group of the profile xc3 stays while data of one Region is not available', async () => {
  const xc3 = { name: 'roles', profile: xc3Profile({ accountNames: {} }) } as const;
  const both = { groups: FOUND.roles, failures: [] };
  await collected(DAY, both, xc3);
  store.clear();
  const unread = { part: 'role_resources', jobs: ['IAM-roles-service-data'], region: 'us-east-1' } as const;
  await collected(NEXT_DAY, { ...both, unavailable: [unread] }, xc3);
  expect(store.calls().filter((call) => call.includes('IAM-roles'))).toEqual(['put IAM-roles-all']);
});

describe('a closed account', () => {
  const closed = '444455556666';
  const months = group('Total_Account_Cost', { account_id: closed }, [
    sample('aws_account_month_to_date_billed_cost_usd', { account_id: closed }, 1),
  ]);
  const payer: Findings = { groups: [months], failures: [], closedAccounts: [closed] };
  const stored = () => store.names().filter((name) => name.includes(closed));
  beforeEach(() => collected(DAY, found('xx-new-1'), { accountId: closed, isMember: true }));

  test('loses its groups once, and its months stay', async () => {
    await collected(DAY, payer, { name: 'accounts' });
    expect(stored()).toEqual([`Total_Account_Cost ${closed}`]);
    store.clear();
    await collected(NEXT_DAY, payer, { name: 'accounts' });
    expect([store.deleted(), stored()]).toEqual([[], [`Total_Account_Cost ${closed}`]]);
  });

  test('loses a group whose deletion failed in the retry', async () => {
    store.refuse('Services_Cost_xx-new-1');
    const report = await collected(DAY, payer, { name: 'accounts' });
    expect(report.failures).toMatchObject([{ part: 'delete', message: 'refused' }]);
    store.refuse('');
    expect((await collected(DAY, payer, { name: 'accounts' })).failures).toEqual([]);
    expect(stored()).toEqual([`Total_Account_Cost ${closed}`]);
  });

  test('keeps its groups while its part of the ledger cannot be read, which is reported', async () => {
    const before = stored();
    const failing: LedgerStore = {
      ...ledger,
      list: async (account) =>
        account === closed ? Promise.reject(new Error('no answer')) : ledger.list(account),
    };
    const report = await collected(DAY, payer, { name: 'accounts', ledger: failing });
    expect(report.failures).toEqual([
      { part: 'ledger', subject: closed, sink: 'store', reason: 'other', message: 'no answer' },
    ]);
    expect(stored()).toEqual([...before, `Total_Account_Cost ${closed}`].sort());
  });

  test('keeps its groups without a ledger', async () => {
    const before = stored();
    const report = await collected(DAY, payer, { name: 'accounts', ledger: undefined });
    expect(report.failures).toEqual([]);
    expect(stored()).toEqual([...before, `Total_Account_Cost ${closed}`].sort());
  });
});

test('the health of an account goes with the first complete run that covers it, and is not asked for by others', async () => {
  const covered = '222233334444';
  const member = { accountId: covered, isMember: true, name: 'accounts' } as const;
  const months = group('Total_Account_Cost', { account_id: covered }, [
    sample('aws_account_month_to_date_billed_cost_usd', { account_id: covered }, 1),
  ]);
  await collected(DAY, { groups: [months], failures: [] }, member);
  const elsewhere: Findings = { groups: [], failures: [], answeredElsewhere: true };
  await collected(DAY, elsewhere, { ...member, replace: true });
  await collected(DAY, elsewhere, { ...member, replace: true });
  expect(store.names()).toContain(`tollgate_success ${covered} accounts`);
  const payer: Findings = { groups: [months], failures: [], covers: [ACCOUNT, covered, '999900001111'] };
  await collected(DAY, payer, { name: 'accounts' });
  expect(store.names().filter((name) => name.includes(covered))).toEqual([`Total_Account_Cost ${covered}`]);
  store.clear();
  await collected(NEXT_DAY, payer, { name: 'accounts' });
  await collected(NEXT_DAY, { groups: [], failures: [] }, { ...member, name: 'iam-users' });
  expect(store.deleted().filter((job) => job.startsWith('tollgate'))).toEqual([]);
  expect(await store.valueOf('tollgate', 'tollgate_groups_missing')).toBe(0);
});

test('before the first complete run, the health of a covered account is deleted by the tables', async () => {
  const covered = '222233334444';
  await collected(
    DAY,
    { groups: [], failures: [] },
    { accountId: covered, isMember: true, name: 'accounts' },
  );
  ledger = memoryStore();
  await collected(DAY, { groups: [], failures: [], covers: [ACCOUNT, covered] }, { name: 'accounts' });
  expect(store.names().filter((name) => name.includes(covered))).toEqual([]);
});

/** Findings that fail the test if the run collects. */
const NEVER = async (): Promise<Findings> => {
  throw new Error('expected no query');
};

function collected(
  scheduledTime: Date,
  result: Findings | Collector,
  different: Partial<Run> = {},
): Promise<RunReport> {
  return run({
    name: 'services',
    accountId: ACCOUNT,
    isMember: false,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [ACCOUNT, '222233334444'],
    scheduledTime,
    collect: typeof result === 'function' ? result : async () => result,
    sinks: [gatewaySink(store.sink)],
    meter: requestMeter(30),
    ledger,
    leaseUntil: new Date('2026-03-15T06:05:00Z'),
    replace: false,
    pays: true,
    deadlines: deadlinesOf(60_000),
    now: () => NOW,
    ...different,
  });
}

function found(...regions: readonly string[]): Findings {
  return { groups: regions.map(services), failures: [] };
}

function services(region: string): Group {
  const labels = { account_id: ACCOUNT, region };
  return group('Services_Cost', labels, [
    sample('aws_service_billed_cost_usd', { ...labels, service: 'Amazon S3' }, 1),
  ]);
}

function tags(region: string): Group {
  const labels = { account_id: ACCOUNT, region };
  return group('TaggingResourceList', labels, [sample('aws_resources', { ...labels, compliant: 'true' }, 1)]);
}

/** Returns the ledger, and the calls that it gets. */
function recorded(ledger: LedgerStore): { readonly store: LedgerStore; readonly calls: string[] } {
  const calls: string[] = [];
  const noted = <T>(call: string, answer: T): T => {
    calls.push(call);
    return answer;
  };
  const store: LedgerStore = {
    list: (account) => noted('list', ledger.list(account)),
    get: (account, item) => noted('get', ledger.get(account, item)),
    put: (item, expected) => noted('put', ledger.put(item, expected)),
    change: (account, change) =>
      noted(`change +${change.puts.length} -${change.deletes.length}`, ledger.change(account, change)),
  };
  return { store, calls };
}

function since(): unknown {
  const item = [...(ledger as ReturnType<typeof memoryStore>).items.values()].find(
    ({ item }) => item === 'services',
  );
  return JSON.parse(item?.data ?? '{}').unavailableSince;
}
