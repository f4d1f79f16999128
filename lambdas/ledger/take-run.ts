import { randomUUID } from 'node:crypto';
import type { Failure } from '../failure';
import { type GroupName, groupId } from '../metrics/group';
import { NO_SERIES, type SeriesMemory } from '../sinks/sink';
import { type Decision, decide, type TurnRequest } from './decide';
import { groupItem, groupKey, isGroup, ownedBy, type RecordedGroup } from './group-item';
import { groupIn, runIn } from './item-data';
import type { RunItem } from './run-item';
import { seriesMemory } from './series-memory';
import type { Item, LedgerStore } from './store';

/** A run that asks the ledger for its turn. */
export interface Claim extends TurnRequest {
  readonly collector: string;
  readonly accountId: string;
  /** The time at which Lambda ends the function. */
  readonly leaseUntil: Date;
}

/** The turn of a run: what earlier runs published, and a record for later ones. */
export interface Turn {
  /** The first run that could not read published data, by `missedKey`. */
  readonly unavailableSince: RunItem['unavailableSince'];
  /** Ids of the sinks at which every group is recorded, since a complete run published to them. */
  readonly recordedSinks: readonly string[];
  /** Groups that earlier runs of this collector and account published, at all sinks. */
  readonly owned: readonly RecordedGroup[];
  /** Returns the turn at one sink. */
  at(sink: string): SinkTurn;
  /** Reports whether no other run has taken over. */
  isHeld(): Promise<boolean>;
  /** Records the result of the run, unless another run has taken over. */
  end(result: RunResult): Promise<void>;
}

/** The turn of a run at one sink. */
export interface SinkTurn {
  /** Groups that earlier runs of this collector and account published there. */
  readonly owned: readonly GroupName[];
  /** Groups of the account that other collectors published there, without those of runs that are under way. */
  readonly others: readonly GroupName[];
  /** True if `owned` has every group; false before the first complete run. */
  readonly isRecorded: boolean;
  /** Returns the memory of a group's series. */
  series(group: GroupName): SeriesMemory;
  /** Records groups that this run is about to publish for the first time. */
  record(groups: readonly GroupName[]): Promise<void>;
  /** Removes the record of groups that are no longer published. */
  forget(groups: readonly GroupName[]): Promise<void>;
}

/** The result of a run, for its retry and for the next run. */
export type RunResult = Pick<
  RunItem,
  'outcome' | 'failures' | 'covers' | 'recordedSinks' | 'unavailableSince'
>;

/** The turn of a run, or the reason why it has none. */
export type Taken = Exclude<Decision, { kind: 'run' }> | { readonly kind: 'run'; readonly turn: Turn };

/** The turn of a run without a ledger, or whose ledger cannot be reached: it publishes, and owns no group to delete. */
export const BLIND: Taken = {
  kind: 'run',
  turn: {
    unavailableSince: {},
    recordedSinks: [],
    owned: [],
    at: () => BLIND_AT_SINK,
    isHeld: async () => true,
    end: async () => {},
  },
};

/** The turn at a sink that has no items in the ledger. */
export const BLIND_AT_SINK: SinkTurn = {
  owned: [],
  others: [],
  isRecorded: true,
  series: () => NO_SERIES,
  record: async () => {},
  forget: async () => {},
};

/**
 * Takes the turn of a run by a conditional write, so that of two runs which ask at once the later scheduled time wins.
 * @throws an error of the store, or an Error if other writers come first again and again.
 */
export async function takeRun(store: LedgerStore, claim: Claim): Promise<Taken> {
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts += 1) {
    const taken = await tryToTake(store, claim);
    if (taken) return taken;
  }
  throw new Error(
    `expected to write the item "${claim.collector}" of account ${claim.accountId}, got ${MOST_ATTEMPTS} refusals because it had changed`,
  );
}

/** Runs that ask at once are few. An item that always differs from what was read is an error of the store. */
const MOST_ATTEMPTS = 10;

/** Returns undefined if another writer came first. */
async function tryToTake(store: LedgerStore, claim: Claim): Promise<Taken | undefined> {
  const items = await store.list(claim.accountId);
  const previous = items.find(({ item }) => item === claim.collector);
  const before = previous && runIn(previous);
  const decision = decide(before, claim);
  if (decision.kind !== 'run') return decision;
  const own = runItem(claim, { ...NOTHING_RECORDED, ...before, ...UNDER_WAY, ...timesOf(claim) });
  const isTaken = await store.put(own, previous?.version);
  return isTaken ? { kind: 'run', turn: turnOf(store, { claim, items, own }) } : undefined;
}

const NOTHING_RECORDED = { recordedSinks: [] as string[], unavailableSince: {} };
const UNDER_WAY = { outcome: 'running', failures: [] as Failure[], covers: [] as string[] } as const;

function timesOf({ scheduledTime, leaseUntil }: Claim) {
  return { scheduledTime: scheduledTime.toISOString(), leaseUntil: leaseUntil.toISOString() };
}

function runItem({ accountId, collector }: Claim, run: RunItem): Item {
  return { account: accountId, item: collector, version: randomUUID(), data: JSON.stringify(run) };
}

interface Holder {
  readonly claim: Claim;
  /** Every item of the account when the run began. */
  readonly items: readonly Item[];
  readonly own: Item;
}

function turnOf(store: LedgerStore, { claim, items, own }: Holder): Turn {
  const run = runIn(own);
  const isOwn = ({ item }: Item) => item.startsWith(ownedBy(claim.collector));
  const groups = items.filter(isGroup);
  const owned = groups.filter(isOwn).map(groupIn);
  const others = groups.filter((item) => !isOwn(item) && !isUnderWay(item, items)).map(groupIn);
  const isRecorded = (sink: string) => run.recordedSinks.includes(sink);
  return {
    unavailableSince: run.unavailableSince,
    recordedSinks: run.recordedSinks,
    owned,
    at: (sink) => turnAt(store, claim, { sink, owned, others, isRecorded: isRecorded(sink) }),
    isHeld: async () => (await existing(store, claim)).version === own.version,
    end: async (result) => void (await store.put(runItem(claim, { ...run, ...result }), own.version)),
  };
}

interface AtSink {
  readonly sink: string;
  readonly owned: readonly RecordedGroup[];
  readonly others: readonly RecordedGroup[];
  readonly isRecorded: boolean;
}

function turnAt(store: LedgerStore, claim: Claim, { sink, owned, others, isRecorded }: AtSink): SinkTurn {
  const { accountId: account } = claim;
  const isHere = (group: RecordedGroup) => group.sink === sink;
  const keyOf = (name: GroupName) => groupKey(claim, { ...name, sink });
  const recorded = new Set(owned.filter(isHere).map(groupId));
  const record = async (names: readonly GroupName[]) => {
    const puts = names.map((name) => groupItem(claim, { ...name, sink }));
    await store.change(account, { puts, deletes: [] });
    for (const name of names) recorded.add(groupId(name));
  };
  return {
    owned: owned.filter(isHere),
    others: others.filter(isHere),
    isRecorded,
    series(name) {
      const { read, write } = seriesMemory(store, { account, item: keyOf(name) });
      return {
        read,
        async write(sets) {
          // No later run would look for the series of a group that is not recorded.
          if (sets.length > 0 && !recorded.has(groupId(name))) await record([name]);
          await write(sets);
        },
      };
    },
    record,
    forget: (names) => store.change(account, { puts: [], deletes: names.map(keyOf) }),
  };
}

/** Reports whether the run that owns a group is under way: it records groups before it pushes them. */
function isUnderWay({ item }: Item, items: readonly Item[]): boolean {
  const owner = items.find((one) => item.startsWith(ownedBy(one.item)));
  return owner !== undefined && runIn(owner).outcome === 'running';
}

/** Returns the item of a run that has begun. A missing one is no sign of another run. */
async function existing(store: LedgerStore, { accountId, collector }: Claim): Promise<Item> {
  const item = await store.get(accountId, collector);
  if (item) return item;
  throw new Error(
    `expected the item "${collector}" of account ${accountId}, got none: it was there when the run began`,
  );
}
