import { randomUUID } from 'node:crypto';
import type { GroupName } from '../metrics/group';
import { groupIn } from './item-data';
import type { Item, LedgerStore } from './store';
import { isGroup } from './take-run';

/** Groups of an account that has no runs any more. */
export interface LeftBehind {
  /** Groups that the ledger has. */
  readonly recorded: readonly GroupName[];
  /** False if there may be groups that the ledger lacks. */
  readonly isRecorded: boolean;
  /** Records that all of them were deleted. */
  deleted(): Promise<void>;
}

/** Reads what every collector left of a closed account. After its first deletion, the ledger has all groups that came later. */
export async function ofClosedAccount(store: LedgerStore, account: string): Promise<LeftBehind> {
  const items = await store.list(account);
  const left = items.filter(({ item }) => item !== MARK);
  const isRecorded = left.length < items.length;
  const mark = { account, item: MARK, version: randomUUID(), data: '{}' };
  return leftBehind(store, account, { left, isRecorded, puts: isRecorded ? [] : [mark] });
}

/** The item that marks an account as closed and its groups as deleted. No collector has this name. */
const MARK = 'closed';

/** Reads what a collector's own runs left of an account that another run covers. */
export async function ofOwnRuns(store: LedgerStore, account: string, collector: string): Promise<LeftBehind> {
  const left = (await store.list(account)).filter(({ item }) => item.startsWith(`${collector}/`));
  return leftBehind(store, account, { left, isRecorded: true, puts: [] });
}

interface Left {
  readonly left: readonly Item[];
  readonly isRecorded: boolean;
  /** Items to write after the deletion. */
  readonly puts: readonly Item[];
}

function leftBehind(store: LedgerStore, account: string, { left, isRecorded, puts }: Left): LeftBehind {
  return {
    recorded: left.filter(isGroup).map(groupIn),
    isRecorded,
    async deleted() {
      if (left.length + puts.length === 0) return;
      await store.change(account, { puts, deletes: left.map(({ item }) => item) });
    },
  };
}
