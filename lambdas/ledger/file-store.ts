import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Item, LedgerStore } from './store';

/** A ledger whose items can be read without the names of their accounts. */
export interface FileStore extends LedgerStore {
  /** Returns the items of all accounts. */
  all(): Promise<readonly Item[]>;
}

/**
 * Keeps the items in a JSON file, for collectors that run on one machine. Processes may share the file: each holds a lock
 * file beside it while it writes.
 */
export function fileStore(file: string): FileStore {
  const find = async (account: string, name: string) =>
    (await read(file)).find((item) => item.account === account && item.item === name);
  return {
    all: () => read(file),
    list: async (account) => (await read(file)).filter((item) => item.account === account),
    get: find,
    put: (item, expected) =>
      locked(file, async () => {
        if ((await find(item.account, item.item))?.version !== expected) return false;
        await write(file, { account: item.account, puts: [item], deletes: [] });
        return true;
      }),
    change: (account, change) => locked(file, () => write(file, { account, ...change })),
  };
}

interface AccountChange {
  readonly account: string;
  readonly puts: readonly Item[];
  readonly deletes: readonly string[];
}

async function read(file: string): Promise<readonly Item[]> {
  try {
    return itemsOf(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`ledger ${file}: expected a JSON array of items, got: ${(error as Error).message}`);
  }
}

function itemsOf(content: unknown): readonly Item[] {
  if (Array.isArray(content)) return content;
  throw new Error(`a value of type ${typeof content}`);
}

/** Replaces the file by renaming, so that a crash leaves the old or the new file. */
async function write(file: string, { account, puts, deletes }: AccountChange): Promise<void> {
  const replaced = new Set([...puts.map(({ item }) => item), ...deletes]);
  const kept = (await read(file)).filter((item) => item.account !== account || !replaced.has(item.item));
  const next = `${file}.next`;
  await writeFile(next, JSON.stringify([...kept, ...puts]));
  await rename(next, file);
}

async function locked<T>(file: string, action: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  await acquire(lock);
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

async function acquire(lock: string): Promise<void> {
  for (;;) {
    try {
      return await (await open(lock, 'wx')).close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await removeAbandoned(lock);
    await setTimeout(RETRY_MS);
  }
}

/** Removes the lock of a process that crashed: a write takes milliseconds. */
async function removeAbandoned(lock: string): Promise<void> {
  const made = await stat(lock).catch(() => undefined);
  if (made && Date.now() - made.mtimeMs > ABANDONED_MS) await rm(lock, { force: true });
}

const RETRY_MS = 10;
const ABANDONED_MS = 30_000;
