import type { GroupName } from '../metrics/group';
import { groupIn } from './item-data';
import type { LedgerStore } from './store';

/** The groups that an account's own runs of a collector published. */
interface OwnGroups {
  readonly recorded: readonly GroupName[];
  /** Removes the record of all of them. */
  forget(): Promise<void>;
}

/** Reads the groups of an account that had runs of its own before another run covered it. */
export async function ownGroups(store: LedgerStore, account: string, collector: string): Promise<OwnGroups> {
  const items = (await store.list(account)).filter(({ item }) => item.startsWith(`${collector}/`));
  return {
    recorded: items.map(groupIn),
    forget: () => store.change(account, { puts: [], deletes: items.map(({ item }) => item) }),
  };
}
