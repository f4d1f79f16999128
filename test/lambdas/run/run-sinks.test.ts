import { once } from 'node:events';
import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { Collector, Findings } from '../../../lambdas/collector';
import type { Failure } from '../../../lambdas/failure';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import { type Group, group } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { sample } from '../../../lambdas/metrics/sample';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import type { Run, SuiteSink } from '../../../lambdas/run/ports';
import { demandComplete, type RunReport, run } from '../../../lambdas/run/run';
import type { Sink } from '../../../lambdas/sinks/sink';
import { unusableSink } from '../../../lambdas/sinks/unusable';
import { type FakeStore, fakeStore } from '../../support/fake-store';
import { memoryStore } from '../../support/memory-store';
import { gatewaySink } from '../../support/suite-sink';

const ACCOUNT = '111122223333';
const MEMBER = '222233334444';
const NOW = new Date('2026-03-15T06:00:01Z');
const EUROPE = `Services_Cost_eu-west-1 ${ACCOUNT}`;
const AMERICA = `Services_Cost_us-east-1 ${ACCOUNT}`;
const HEALTH = [`tollgate ${ACCOUNT} services`, `tollgate_success ${ACCOUNT} services`];
const THROTTLED: Failure = { part: 'service_costs', reason: 'throttled', message: 'slow down' };

let one: FakeStore;
let two: FakeStore;
let ledger: ReturnType<typeof memoryStore>;
let runs = 0;
beforeEach(() => {
  one = fakeStore('https://one');
  two = fakeStore('https://two');
  ledger = memoryStore();
});

test('a run collects once and publishes to every sink', async () => {
  let collections = 0;
  const report = await collected(async () => {
    collections += 1;
    return found('eu-west-1', 'us-east-1');
  });
  expect([collections, report.failures, report.groupsPushed]).toEqual([1, [], 2]);
  for (const store of [one, two]) expect(store.names()).toEqual([EUROPE, AMERICA, ...HEALTH]);
});

test('all groups of a run have one time at all sinks, which is the end of the collection', async () => {
  const times: string[] = [];
  let now = NOW;
  const timed = (store: FakeStore): Sink => ({
    ...store.sink,
    put: (pushed, call) => {
      times.push(call.time.toISOString());
      now = new Date(now.getTime() + 1_000);
      return store.sink.put(pushed, call);
    },
  });
  const collect = async () => {
    now = new Date('2026-03-15T06:01:00Z');
    return found('eu-west-1', 'us-east-1');
  };
  await collected(collect, { sinks: [one, two].map((store) => gatewaySink(timed(store))), now: () => now });
  expect([times.length, [...new Set(times)]]).toEqual([8, ['2026-03-15T06:01:00.000Z']]);
});

test('two groups of one name are refused by that name, and every published group stays', async () => {
  await collected(found('eu-west-1', 'us-east-1'));
  const report = await collected(found('eu-west-1', 'eu-west-1'));
  expect(report.failures.map(({ part, message }) => `${part}: ${message}`)).toEqual([
    `collect: expected one group of each name, got two of ["Services_Cost_eu-west-1",[["account_id","${ACCOUNT}"]]]`,
  ]);
  expect(one.names()).toEqual([EUROPE, AMERICA, ...HEALTH]);
});

test('a group with a label that a sink sets is refused there, and the other groups and sinks have theirs', async () => {
  const own = { ...services('us-east-1'), groupingKey: { account_id: ACCOUNT, instance: 'own' } };
  const blue = fakeStoreLike(two, { instance: 'blue' });
  const report = await collected(
    { groups: [services('eu-west-1'), own], failures: [] },
    { sinks: [gatewaySink(one.sink), gatewaySink(blue)] },
  );
  expect(report.failures).toEqual([
    {
      part: 'push',
      subject: own.job,
      sink: 'https://two',
      reason: 'other',
      message:
        'expected a groupingKey without instance, which groupingLabels of the sink https://two sets: rename one of them',
    },
  ]);
  expect(one.names()).toEqual([EUROPE, `${AMERICA} own`, ...HEALTH]);
  expect(two.names()).toEqual([`${EUROPE} blue`, `tollgate ${ACCOUNT} blue services`]);
});

describe('a sink that gives no answer', () => {
  test('stops no other: the other is complete, and the failure names the sink', async () => {
    await collected(found('eu-west-1', 'us-east-1'));
    const before = two.names();
    two.down(true);
    const report = await collected(found('eu-west-1'));
    expect(one.names()).toEqual([EUROPE, ...HEALTH]);
    expect(two.names()).toEqual(before);
    expect(report.failures.map(({ part, sink }) => `${part} ${sink}`)).toEqual([
      'push https://two',
      'health https://two',
    ]);
    expect(() => demandComplete('services', [report])).toThrow(
      'services: incomplete run: push, health tollgate: at https://two: no answer from the gateway (other)',
    );
    expect(await one.valueOf('tollgate', 'tollgate_run_incomplete')).toBe(1);
    expect(await one.valueOf('tollgate', 'tollgate_run_groups_pushed')).toBe(1);
  });

  test('has everything after the next run, and loses what vanished meanwhile', async () => {
    await collected(found('eu-west-1', 'us-east-1'));
    two.down(true);
    await collected(found('eu-west-1'));
    two.down(false);
    expect((await collected(found('eu-west-1'))).failures).toEqual([]);
    for (const store of [one, two]) expect(store.names()).toEqual([EUROPE, ...HEALTH]);
  });

  test('keeps the time of its last success, and the other gets a new one', async () => {
    await collected(found('eu-west-1'));
    two.down(true);
    await collected(found('eu-west-1'), { now: () => new Date(NOW.getTime() + 3_600_000) });
    const success = (store: FakeStore) =>
      store.valueOf('tollgate_success', 'tollgate_success_timestamp_seconds');
    expect([await success(one), await success(two)]).toEqual([
      NOW.getTime() / 1000 + 3600,
      NOW.getTime() / 1000,
    ]);
  });

  test('is asked again after the collection, and gets everything if it is back', async () => {
    two.down(true);
    const report = await collected(async () => {
      two.down(false);
      return found('eu-west-1');
    });
    expect([report.failures, two.names()]).toEqual([[], [EUROPE, ...HEALTH]]);
  });

  test('is not collected for: without any answer nothing is queried, and each sink is named', async () => {
    one.down(true);
    two.down(true);
    const report = await collected(NEVER);
    expect(report.failures.filter(({ part }) => part === 'push').map(({ sink }) => sink)).toEqual([
      'https://one',
      'https://two',
    ]);
  });

  test('may hang until the deadline of the run, and the other is complete', async () => {
    const hanging: Sink = {
      ...two.sink,
      check: async () => {},
      put: async (_, { signal }) => {
        setTimeout(() => push.abort(new Error('no time')), 0);
        if (!signal.aborted) await once(signal, 'abort');
        throw signal.reason;
      },
    };
    const push = new AbortController();
    const deadlines = { ...deadlinesOf(60_000), push: push.signal, health: push.signal };
    const report = await collected(found('eu-west-1'), {
      sinks: [gatewaySink(one.sink), gatewaySink(hanging)],
      deadlines,
    });
    expect(one.names()).toEqual([EUROPE, ...HEALTH]);
    expect(new Set(report.failures.map(({ sink }) => sink))).toEqual(new Set(['https://two']));
  });
});

test('a sink that refuses one group keeps what vanished, and the other does not', async () => {
  await collected(found('eu-west-1', 'us-east-1'));
  two.refuse('Services_Cost_eu-west-1');
  const { failures } = await collected(found('eu-west-1'));
  expect(failures).toEqual([
    {
      part: 'push',
      subject: 'Services_Cost_eu-west-1',
      sink: 'https://two',
      reason: 'other',
      message: 'refused',
    },
  ]);
  expect(one.names()).toEqual([EUROPE, ...HEALTH]);
  expect(two.names()).toEqual([EUROPE, AMERICA, ...HEALTH]);
});

test('a sink whose secret cannot be read is a failure that names it', async () => {
  const reason = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
  const broken = unusableSink({ id: 'https://two', groupingLabels: {}, reason });
  const report = await collected(found('eu-west-1'), {
    sinks: [gatewaySink(one.sink), gatewaySink(broken)],
  });
  expect(report.failures[0]).toEqual({
    part: 'push',
    sink: 'https://two',
    reason: 'denied',
    message: 'not authorized',
  });
  expect(one.names()).toEqual([EUROPE, ...HEALTH]);
});

test('a part that could not be read keeps its groups at every sink, and no success is pushed', async () => {
  await collected({ ...found('eu-west-1'), failures: [THROTTLED] });
  for (const store of [one, two]) expect(store.names()).toEqual([EUROPE, `tollgate ${ACCOUNT} services`]);
});

test('a run that another one has taken over writes to no sink', async () => {
  await collected(found('eu-west-1'));
  const slow = collected(async () => {
    await collected(found('us-east-1'));
    for (const store of [one, two]) store.clear();
    return found('eu-west-1');
  });
  expect(await slow).toMatchObject({ skipped: 'superseded', groupsPushed: 0, failures: [] });
  for (const store of [one, two]) expect(store.calls()).toEqual([]);
});

describe('changes of the settings leave no group behind', () => {
  test('other grouping labels replace every group and its health', async () => {
    await collected(found('eu-west-1', 'us-east-1'));
    const blue = fakeStoreLike(one, { instance: 'blue' });
    await collected(found('eu-west-1', 'us-east-1'), { sinks: [gatewaySink(blue), gatewaySink(two.sink)] });
    expect(one.names()).toEqual([
      `Services_Cost_eu-west-1 ${ACCOUNT} blue`,
      `Services_Cost_us-east-1 ${ACCOUNT} blue`,
      `tollgate ${ACCOUNT} blue services`,
      `tollgate_success ${ACCOUNT} blue services`,
    ]);
    expect(two.names()).toEqual([EUROPE, AMERICA, ...HEALTH]);
    one.clear();
    await collected(found('eu-west-1', 'us-east-1'), { sinks: [gatewaySink(blue)] });
    expect(one.deleted()).toEqual([]);
  });

  test('a new sink gets everything, and loses what it had before by the tables, once', async () => {
    await collected(found('eu-west-1'), { sinks: [gatewaySink(one.sink)] });
    await collected(found('us-east-1'), { sinks: [gatewaySink(two.sink)], ledger: memoryStore() });
    for (const store of [one, two]) store.clear();
    await collected(found('eu-west-1'));
    expect([one.deleted(), two.names()]).toEqual([[], [EUROPE, ...HEALTH]]);
    expect(two.deleted()).toContain('Services_Cost_us-east-1');
    two.clear();
    await collected(found('eu-west-1'));
    expect(two.deleted()).toEqual([]);
  });

  test('a new sink of remote write is asked to delete nothing that the ledger does not know', async () => {
    const written: SuiteSink = { ...gatewaySink(two.sink), mayHoldMore: false };
    await collected(found('eu-west-1', 'us-east-1'), { sinks: [gatewaySink(one.sink), written] });
    expect(two.deleted()).toEqual([]);
    await collected(found('eu-west-1'), { sinks: [gatewaySink(one.sink), written] });
    expect(two.deleted()).toEqual(['Services_Cost_us-east-1']);
  });

  test('a retired sink gets nothing, is emptied by the next complete run, and is then forgotten', async () => {
    await collected(found('eu-west-1', 'us-east-1'));
    const sinks = [gatewaySink(one.sink), { ...gatewaySink(two.sink), isRetired: true }];
    two.clear();
    await collected({ ...found('eu-west-1'), failures: [THROTTLED] }, { sinks });
    expect(two.calls()).toEqual([]);
    expect(await one.valueOf('tollgate', 'tollgate_sink_groups_left')).toBe(4);
    expect((await collected(found('eu-west-1'), { sinks })).failures).toEqual([]);
    expect(two.names()).toEqual([]);
    expect(two.calls().filter((call) => !call.startsWith('delete'))).toEqual([]);
    expect(await one.valueOf('tollgate', 'tollgate_sink_groups_left')).toBeUndefined();
    expect(JSON.stringify([...ledger.items.values()])).not.toContain('https://two');
    two.clear();
    await collected(found('eu-west-1'), { sinks });
    expect(two.calls()).toEqual([]);
  });

  test('a retired sink that cannot be emptied is a failure that names it, and the next run empties it', async () => {
    await collected(found('eu-west-1'));
    const sinks = [gatewaySink(one.sink), { ...gatewaySink(two.sink), isRetired: true }];
    two.refuse('Services_Cost_eu-west-1');
    const { failures } = await collected(found('eu-west-1'), { sinks });
    expect(failures).toMatchObject([{ part: 'delete', sink: 'https://two', message: 'refused' }]);
    two.refuse('');
    expect((await collected(found('eu-west-1'), { sinks })).failures).toEqual([]);
    expect(two.names()).toEqual([]);
  });

  test('a retired sink loses the groups of closed and of covered accounts', async () => {
    const member = { accountId: MEMBER, isMember: true } as const;
    await collected(found('eu-west-1'), member);
    await collected(found('eu-west-1'), { ...member, name: 'accounts' });
    const sinks = [gatewaySink(one.sink), { ...gatewaySink(two.sink), isRetired: true }];
    const covering = { ...found(), covers: [ACCOUNT, MEMBER] };
    await collected(covering, { name: 'accounts', sinks });
    expect(two.names().filter((name) => name.includes('accounts'))).toEqual([]);
    expect(two.names()).not.toEqual([]);
    await collected({ ...covering, closedAccounts: [MEMBER] }, { name: 'accounts', sinks });
    expect(two.names()).toEqual([]);
  });

  test('a collector without a ledger takes its health from a retired sink', async () => {
    const digest = { name: 'digest', ledger: undefined } as const;
    await collected(found(), digest);
    expect(two.names()).toEqual([`tollgate ${ACCOUNT} digest`, `tollgate_success ${ACCOUNT} digest`]);
    const sinks = [gatewaySink(one.sink), { ...gatewaySink(two.sink), isRetired: true }];
    await collected(found(), { ...digest, sinks });
    expect(two.names()).toEqual([]);
  });

  test('a sink that is gone from the settings keeps its groups, which are counted, and continues when it is back', async () => {
    await collected(found('eu-west-1', 'us-east-1'));
    two.clear();
    await collected(found('eu-west-1'), { sinks: [gatewaySink(one.sink)] });
    expect([two.calls(), two.names()]).toEqual([[], [EUROPE, AMERICA, ...HEALTH]]);
    expect(await one.valueOf('tollgate', 'tollgate_sink_groups_left')).toBe(4);
    await collected(found('eu-west-1'));
    expect([two.deleted(), two.names()]).toEqual([['Services_Cost_us-east-1'], [EUROPE, ...HEALTH]]);
    expect(await one.valueOf('tollgate', 'tollgate_sink_groups_left')).toBeUndefined();
  });

  test('an output keeps no groups, so the ledger records none', async () => {
    const output: SuiteSink = { ...gatewaySink(one.sink), keepsGroups: false, mayHoldMore: false };
    await collected({ ...found('eu-west-1'), closedAccounts: [MEMBER] }, { sinks: [output] });
    expect([...ledger.items.values()].map(({ item }) => item)).toEqual(['services']);
    expect(one.deleted()).toEqual([]);
  });
});

test('a group whose name DynamoDB would refuse is recorded, and deleted when it vanishes', async () => {
  const labels = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`l${i}`, 'ü'.repeat(64)]));
  const long = fakeStore('https://long', labels);
  const sinks = [gatewaySink(long.sink)];
  const limited: LedgerStore = {
    ...ledger,
    change: async (account, change) => {
      const keys = [...change.puts.map(({ item }) => item), ...change.deletes];
      if (keys.some((key) => Buffer.byteLength(key) > 1024)) throw new Error('the sort key is too long');
      return ledger.change(account, change);
    },
  };
  await collected(found('eu-west-1', 'us-east-1'), { sinks, ledger: limited });
  long.clear();
  expect((await collected(found('eu-west-1'), { sinks, ledger: limited })).failures).toEqual([]);
  expect(long.deleted()).toEqual(['Services_Cost_us-east-1']);
});

/** Findings that fail the test if the run collects. */
const NEVER = async (): Promise<Findings> => {
  throw new Error('expected no query');
};

/** Runs at a time after that of the run before. */
function collected(result: Findings | Collector, different: Partial<Run> = {}): Promise<RunReport> {
  runs += 1;
  return run({
    name: 'services',
    accountId: ACCOUNT,
    isMember: false,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [ACCOUNT, MEMBER],
    scheduledTime: new Date(Date.parse('2026-03-14T06:00:00Z') + runs),
    collect: typeof result === 'function' ? result : async () => result,
    sinks: [gatewaySink(one.sink), gatewaySink(two.sink)],
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

/** Returns the sink of a store with other grouping labels. */
function fakeStoreLike(store: FakeStore, groupingLabels: Sink['groupingLabels']): Sink {
  return { ...store.sink, groupingLabels };
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
