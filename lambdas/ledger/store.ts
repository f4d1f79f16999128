/** An item of the ledger. Its key is the account and the name together. */
export interface Item {
  /** The account whose runs and groups the item describes. */
  readonly account: string;
  /** The name of the item within its account. */
  readonly item: string;
  /** Differs after every write. */
  readonly version: string;
  /** JSON. */
  readonly data: string;
}

/** The store of the ledger's items. Every call sees all writes before it, and rejects if the store cannot be reached. */
export interface LedgerStore {
  /** Returns every item of an account. */
  list(account: string): Promise<readonly Item[]>;
  /** Returns one item, or undefined if there is none. */
  get(account: string, item: string): Promise<Item | undefined>;
  /**
   * Writes the item if the stored one still has the expected version; `undefined` expects none. Returns false if another
   * writer came first.
   */
  put(item: Item, expected: string | undefined): Promise<boolean>;
  /** Writes and deletes items of one account, whatever their versions. It is no error if a deleted item does not exist. */
  change(account: string, change: Change): Promise<void>;
}

/** Items to write, and names of items to delete. */
interface Change {
  readonly puts: readonly Item[];
  readonly deletes: readonly string[];
}
