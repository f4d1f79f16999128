import { randomUUID } from 'node:crypto';
import type { GroupName } from '../metrics/group';
import { groupIn } from './item-data';
import type { LedgerStore } from './store';
import { isGroup } from './take-run';

/** The groups that a closed account left behind. */
interface LeftBehind {
  /** Groups that the ledger has. */
  readonly recorded: readonly GroupName[];
  /** True once every group was deleted after an earlier closing; before it, there may be groups that the ledger lacks. */
  readonly isCleaned: boolean;
  /** Records that all of them were deleted. */
  cleaned(): Promise<void>;
}

/** Reads the groups that are left of a closed account. */
export async function leftBehind(store: LedgerStore, account: string): Promise<LeftBehind> {
  const items = await store.list(account);
  const left = items.filter(({ item }) => item !== MARK);
  const isCleaned = left.length < items.length;
  const mark = { account, item: MARK, version: randomUUID(), data: '{}' };
  return {
    recorded: left.filter(isGroup).map(groupIn),
    isCleaned,
    async cleaned() {
      if (isCleaned && left.length === 0) return;
      await store.change(account, { puts: isCleaned ? [] : [mark], deletes: left.map(({ item }) => item) });
    },
  };
}

/** The item that marks an account as closed and its groups as deleted. No collector has this name. */
const MARK = 'closed';
