import { ofClosedAccount } from '../../../lambdas/ledger/left-behind';
import type { RunItem } from '../../../lambdas/ledger/run-item';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import { type Claim, type RunResult, type Turn, takeRun } from '../../../lambdas/ledger/take-run';
import { type MemoryStore, memoryStore } from '../../support/memory-store';

const ACCOUNT = '111122223333';
const STORE = 'https://gateway.example.com';
const NOON = new Date('2026-03-15T12:00:00Z');
const MORNING = new Date('2026-03-15T06:00:00Z');
const EUROPE = { job: 'Services_Cost_eu-west-1', groupingKey: { account_id: ACCOUNT } };
const AMERICA = { job: 'Services_Cost_us-east-1', groupingKey: { account_id: ACCOUNT } };
const COMPLETE: RunResult = {
  outcome: 'complete',
  failures: [],
  covers: [],
  recordedSinks: [STORE],
  unavailableSince: {},
};

test('the first run takes its turn with a lease, and owns no group', async () => {
  const store = memoryStore();
  const turn = await taken(store, {});
  const { owned, others, isRecorded } = turn.at(STORE);
  expect([owned, others, isRecorded, turn.unavailableSince]).toEqual([[], [], false, {}]);
  expect(runIn(store)).toEqual({
    scheduledTime: '2026-03-15T12:00:00.000Z',
    leaseUntil: '2026-03-15T12:10:00.000Z',
    outcome: 'running',
    failures: [],
    covers: [],
    recordedSinks: [],
    unavailableSince: {},
  });
});

test('a later run knows its own groups, those of other collectors, and what was unavailable', async () => {
  const store = memoryStore();
  const first = await taken(store, { scheduledTime: MORNING });
  await first.at(STORE).record([EUROPE, AMERICA]);
  await first.at(STORE).forget([AMERICA]);
  await first.at('other').record([AMERICA]);
  await first.end({ ...COMPLETE, unavailableSince: { forecast: '2026-03-14T07:00:00.000Z' } });
  const tags = await taken(store, { collector: 'tags' });
  await tags.at(STORE).record([AMERICA]);
  await tags.end(COMPLETE);
  const next = await taken(store, {});
  const here = next.at(STORE);
  expect([here.owned, here.others, here.isRecorded, next.unavailableSince]).toMatchObject([
    [EUROPE],
    [AMERICA],
    true,
    { forecast: '2026-03-14T07:00:00.000Z' },
  ]);
  const elsewhere = next.at('other');
  expect([elsewhere.owned, elsewhere.others, elsewhere.isRecorded]).toMatchObject([[AMERICA], [], false]);
  expect(next.owned.map(({ sink, job }) => [sink, job])).toEqual([
    [STORE, EUROPE.job],
    ['other', AMERICA.job],
  ]);
});

test('groups of a run that is under way are not counted as published', async () => {
  const store = memoryStore();
  await (await taken(store, { collector: 'tags' })).at(STORE).record([AMERICA]);
  expect((await taken(store, {})).at(STORE).others).toEqual([]);
});

test('a retry takes over from a run that crashed, whose late result changes nothing', async () => {
  const store = memoryStore();
  const crashed = await taken(store, {});
  const retry = await taken(store, {});
  expect([await crashed.isHeld(), await retry.isHeld()]).toEqual([false, true]);
  await crashed.end(COMPLETE);
  expect(runIn(store).outcome).toBe('running');
  await retry.end(COMPLETE);
  expect(runIn(store).outcome).toBe('complete');
});

test('of two runs that ask at once, the one with the later time holds its turn', async () => {
  const store = memoryStore();
  const both = await Promise.all([
    takeRun(store, claim({ scheduledTime: MORNING })),
    takeRun(store, claim({ scheduledTime: NOON })),
  ]);
  const [early, late] = both.map((one) => (one.kind === 'run' ? one.turn : undefined));
  expect([(await early?.isHeld()) ?? false, await late?.isHeld()]).toEqual([false, true]);
  expect(runIn(store).scheduledTime).toBe(NOON.toISOString());
});

test('the ledger holds names and times, and no value', async () => {
  const store = memoryStore();
  const turn = await taken(store, {});
  await turn.at(STORE).record([{ ...EUROPE, samples: [{ value: 10.5 }] } as typeof EUROPE]);
  expect([...store.items.values()].map(({ data }) => data).join()).not.toContain('10.5');
});

test('the groups of a closed account are those of the ledger; once they were deleted, only groups that came later', async () => {
  const store = memoryStore();
  await (await taken(store, {})).at(STORE).record([EUROPE]);
  const first = await ofClosedAccount(store, ACCOUNT, STORE);
  await first.deleted();
  const second = await ofClosedAccount(store, ACCOUNT, STORE);
  await second.deleted();
  await (await taken(store, {})).at(STORE).record([AMERICA]);
  const third = await ofClosedAccount(store, ACCOUNT, STORE);
  await third.deleted();
  expect([first, second, third].map(({ recorded, isRecorded }) => [recorded, isRecorded])).toMatchObject([
    [[EUROPE], false],
    [[], true],
    [[AMERICA], true],
  ]);
  expect([...store.items.values()].map(({ item }) => item)).toEqual([`closed ${STORE}`]);
});

test.each([
  ['a run', 'services', '{bad'],
  ['a run', 'services', 'null'],
  ['a run', 'services', '{"scheduledTime":"2026-03-15T06:00:00Z","outcome":"complete"}'],
  ['a group', 'services/x', '{bad'],
  ['a group', 'services/x', '{}'],
  ['a group', 'tags/x', 'null'],
])('%s in the item %s with the data %s is named', async (kind, item, data) => {
  const store = memoryStore();
  await store.put({ account: ACCOUNT, item, version: 'a', data }, undefined);
  await expect(taken(store, {})).rejects.toThrow(
    `expected ${kind} in the item "${item}" of account ${ACCOUNT}, got ${data.length} characters of another form: delete the item from the ledger's table`,
  );
});

test('a store that never has what it was asked to replace is an error', async () => {
  let puts = 0;
  const store: LedgerStore = {
    ...memoryStore(),
    put: async () => {
      puts += 1;
      return false;
    },
  };
  await expect(taken(store, {})).rejects.toThrow(
    `expected to write the item "services" of account ${ACCOUNT}, got 10 refusals because it had changed`,
  );
  expect(puts).toBe(10);
});

test('a run whose item is missing was not taken over', async () => {
  const store = memoryStore();
  const turn = await taken(store, {});
  store.items.clear();
  await expect(turn.isHeld()).rejects.toThrow(`expected the item "services" of account ${ACCOUNT}, got none`);
});

function claim(different: Partial<Claim>): Claim {
  const leaseUntil = new Date('2026-03-15T12:10:00Z');
  const shared = { collector: 'services', accountId: ACCOUNT, now: NOON, replace: false, leaseUntil };
  return { ...shared, scheduledTime: NOON, ...different };
}

async function taken(store: LedgerStore, different: Partial<Claim>): Promise<Turn> {
  const answer = await takeRun(store, claim(different));
  if (answer.kind === 'run') return answer.turn;
  throw new Error(`expected a turn, got ${JSON.stringify(answer)}`);
}

function runIn(store: MemoryStore): RunItem {
  return JSON.parse(store.items.get(`${ACCOUNT} services`)?.data ?? '{}') as RunItem;
}
