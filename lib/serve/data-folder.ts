import { constants } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { fileStore } from '../../lambdas/ledger/file-store';
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

/**
 * Opens the folder for this exporter alone, and makes it if needed.
 * @throws UserError if the folder cannot be used, or another exporter uses it.
 */
export async function openDataFolder(folder: string, log: Log): Promise<DataFolder> {
  await demandWritable(folder);
  const lock = await lockFolder(folder);
  try {
    return { ...(await readFolder(folder, log)), close: lock.release };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Reads the files. If the groups are lost, the ledger is removed: it describes groups that are lost, and would keep collectors from
 * running again.
 */
async function readFolder(folder: string, log: Log): Promise<Omit<DataFolder, 'close'>> {
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
  await store.list(''); // A damaged ledger is reported before anything is paid.
  return {
    groups: groups ?? [],
    attempts,
    ledger: store,
    write: (held) => writeSnapshot(snapshot, held),
  };
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
