import { constants } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { type FileStore, fileStore } from '../../lambdas/ledger/file-store';
import { collectorOf } from '../../lambdas/ledger/group-item';
import type { LedgerStore } from '../../lambdas/ledger/store';
import { UserError } from '../user-error';
import { type Attempts, attemptsIn } from './attempts';
import { lockFolder } from './folder-lock';
import type { HeldGroup, Snapshot } from './held-groups';
import type { Log } from './log';
import { readSnapshot, writeSnapshot } from './snapshot-file';

/** The files that survive a restart. */
export interface DataFolder {
  /** The groups of the last process; none if they are lost. */
  readonly groups: readonly HeldGroup[];
  readonly attempts: Attempts;
  readonly ledger: LedgerStore;
  write(snapshot: Snapshot): Promise<void>;
  /** Lets another exporter use the folder. */
  close(): Promise<void>;
}

interface FolderOptions {
  /** Collectors whose runs are kept. Those of all others are forgotten. */
  readonly collectors: readonly string[];
  readonly log: Log;
}

/**
 * Opens the folder for this exporter alone, and makes it if needed.
 * @throws UserError if the folder cannot be used, or another exporter uses it.
 */
export async function openDataFolder(folder: string, options: FolderOptions): Promise<DataFolder> {
  await demandWritable(folder);
  const lock = await lockFolder(folder);
  try {
    return { ...(await readFolder(folder, options)), close: lock.release };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Reads the files. If the groups are lost, the ledger is removed: it describes groups that are lost, and would keep collectors from
 * running again.
 */
async function readFolder(
  folder: string,
  { collectors, log }: FolderOptions,
): Promise<Omit<DataFolder, 'close'>> {
  const kept = new Set(collectors);
  const file = (name: string) => path.join(folder, name);
  const snapshot = file('snapshot.json.gz');
  const ledger = file('ledger.json');
  const attempts = await attemptsIn(file('attempts.json'));
  const groups = await groupsIn(snapshot, log);
  if (groups === undefined) {
    await rm(ledger, { force: true });
    await attempts.reopen();
  }
  const store = fileStore(ledger);
  await forgetOthers(store, kept);
  await attempts.keep(kept);
  return {
    groups: (groups ?? []).filter(({ collector }) => kept.has(collector)),
    attempts,
    ledger: store,
    write: (held) => writeSnapshot(snapshot, held),
  };
}

/**
 * Removes the items of all other collectors.
 * @throws Error for a damaged ledger, before anything is paid.
 */
async function forgetOthers(store: FileStore, kept: ReadonlySet<string>): Promise<void> {
  const others = (await store.all()).filter((item) => {
    const collector = collectorOf(item);
    return collector !== undefined && !kept.has(collector);
  });
  for (const account of new Set(others.map((item) => item.account))) {
    const deletes = others.filter((item) => item.account === account).map(({ item }) => item);
    await store.change(account, { puts: [], deletes });
  }
}

async function demandWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`serve.dataDir: expected a folder that can be written, got ${folder} (${code})`);
  }
}

/** Returns undefined if there are none. A damaged file is kept under another name. */
async function groupsIn(file: string, log: Log): Promise<readonly HeldGroup[] | undefined> {
  try {
    return await readSnapshot(file);
  } catch (error) {
    const damaged = `${file}.damaged`;
    await rename(file, damaged);
    log({
      level: 'warn',
      problem: `${(error as Error).message}; moved to ${damaged}, and every collector runs again`,
    });
    return undefined;
  }
}
