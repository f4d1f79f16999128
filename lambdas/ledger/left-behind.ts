import { randomUUID } from 'node:crypto';
import { type GroupName, groupId } from '../metrics/group';
import { NO_SERIES, type SeriesMemory } from '../sinks/sink';
import { isGroup, ownedBy } from './group-item';
import { groupIn } from './item-data';
import { seriesMemory } from './series-memory';
import type { Item, LedgerStore } from './store';

/** Groups at a sink of an account without runs. */
export interface LeftBehind {
  /** Groups that the ledger has. */
  readonly recorded: readonly GroupName[];
  /** False if there may be groups that the ledger lacks. */
  readonly isRecorded: boolean;
  /** Returns the memory of a group's series. */
  series(group: GroupName): SeriesMemory;
  /** Records that all of them were deleted. */
  deleted(): Promise<void>;
}

/**
 * Reads what every collector left of a closed account at a sink. After its first deletion, the ledger has all groups that came
 * later.
 */
export async function ofClosedAccount(
  store: LedgerStore,
  account: string,
  sink: string,
): Promise<LeftBehind> {
  const items = await store.list(account);
  const mark = markOf(sink);
  const isRecorded = items.some(({ item }) => item === mark);
  const left = items.filter((item) => !isMark(item));
  const puts = isRecorded ? [] : [{ account, item: mark, version: randomUUID(), data: '{}' }];
  return leftBehind(store, { account, sink, left, isRecorded, puts });
}

/** Returns the name of the item that marks an account as closed and its groups at a sink as deleted. No collector has it. */
export function markOf(sink: string): string {
  return `${MARK}${sink}`;
}

const MARK = 'closed ';

function isMark({ item }: Item): boolean {
  return item.startsWith(MARK);
}

/** Reads what a collector's own runs left, at a sink, of an account that another run covers. */
export async function ofOwnRuns(
  store: LedgerStore,
  account: string,
  { sink, collector }: { readonly sink: string; readonly collector: string },
): Promise<LeftBehind> {
  const left = (await store.list(account)).filter(({ item }) => item.startsWith(ownedBy(collector)));
  return leftBehind(store, { account, sink, left, isRecorded: true, puts: [] });
}

interface Left {
  readonly account: string;
  readonly sink: string;
  /** Items of the account, at all sinks. */
  readonly left: readonly Item[];
  readonly isRecorded: boolean;
  /** Items to write after the deletion. */
  readonly puts: readonly Item[];
}

function leftBehind(store: LedgerStore, { account, sink, left, isRecorded, puts }: Left): LeftBehind {
  const groups = left.filter(isGroup).map((item) => ({ ...item, group: groupIn(item) }));
  const here = groups.filter(({ group }) => group.sink === sink);
  const keys = new Map(here.map(({ group, item }) => [groupId(group), item]));
  const runs = left.filter((item) => !isGroup(item));
  // The items of runs go with the groups of the last sink.
  const gone = here.length === groups.length ? [...here, ...runs] : here;
  return {
    recorded: here.map(({ group }) => group),
    isRecorded,
    series(group) {
      const item = keys.get(groupId(group));
      return item === undefined ? NO_SERIES : seriesMemory(store, { account, item });
    },
    async deleted() {
      if (gone.length + puts.length === 0) return;
      await store.change(account, { puts, deletes: gone.map(({ item }) => item) });
    },
  };
}
