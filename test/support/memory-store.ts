import type { Item, LedgerStore } from '../../lambdas/ledger/store';

/** A ledger in memory. */
export interface MemoryStore extends LedgerStore {
  /** Every item, by account and name. */
  readonly items: Map<string, Item>;
}

export function memoryStore(): MemoryStore {
  const items = new Map<string, Item>();
  const key = (account: string, item: string) => `${account} ${item}`;
  return {
    items,
    list: async (account) => [...items.values()].filter((item) => item.account === account),
    get: async (account, item) => items.get(key(account, item)),
    async put(item, expected) {
      const id = key(item.account, item.item);
      if (items.get(id)?.version !== expected) return false;
      items.set(id, item);
      return true;
    },
    async change(account, { puts, deletes }) {
      for (const item of puts) items.set(key(item.account, item.item), item);
      for (const item of deletes) items.delete(key(account, item));
    },
  };
}
