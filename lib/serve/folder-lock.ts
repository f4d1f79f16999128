import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as path from 'node:path';
import { UserError } from '../user-error';

/** The right to write into a folder, which only one exporter has. */
interface FolderLock {
  release(): Promise<void>;
}

/**
 * Locks a folder with a file in it. A lock is taken over at once if its process has ended on this host, and otherwise a minute after
 * its last sign of life. A container that restarts has the process id of the one before it, so its own id in a lock is also a process
 * that has ended.
 * @throws UserError while another exporter has the lock.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, 'exporter.lock');
  while (!(await isCreated(file))) {
    const lock = await readLock(file);
    if (lock && isHeld(lock)) throw inUse(folder, file, lock);
    if (lock) await removeLock(file, lock);
  }
  const beat = setInterval(() => void showLife(file), BEAT_MS).unref();
  let released: Promise<void> | undefined;
  return {
    release() {
      clearInterval(beat);
      released ??= removeOwn(file);
      return released;
    },
  };
}

/** The process that holds a lock. The random part differs between processes with one id, as those of a restarted container. */
const OWN = { host: hostname(), pid: process.pid, random: randomUUID() };
const OWN_CONTENT = JSON.stringify(OWN);

const BEAT_MS = 10_000;
const ABANDONED_MS = 60_000;

interface Lock {
  readonly content: string;
  readonly lastSign: number;
}

async function isCreated(file: string): Promise<boolean> {
  try {
    await writeFile(file, OWN_CONTENT, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Returns undefined if the lock was released meanwhile. */
async function readLock(file: string): Promise<Lock | undefined> {
  try {
    return { content: await readFile(file, 'utf8'), lastSign: (await stat(file)).mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isHeld({ content, lastSign }: Lock): boolean {
  if (Date.now() - lastSign > ABANDONED_MS) return false;
  const { host, pid } = holderIn(content);
  if (content === OWN_CONTENT || host !== OWN.host) return true;
  return pid !== OWN.pid && isRunning(pid);
}

/** Returns nothing for a file that its process had not written completely. */
function holderIn(content: string): Partial<typeof OWN> {
  try {
    return Object(JSON.parse(content));
  } catch {
    return {};
  }
}

function isRunning(pid = 0): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // It runs as another user.
  }
}

/** Removes the lock that was read. Another exporter may have replaced it meanwhile, and keeps its lock. */
async function removeLock(file: string, { content }: Lock): Promise<void> {
  const aside = `${file}.${OWN.random}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) === content) await rm(aside);
  else await rename(aside, file);
}

async function removeOwn(file: string): Promise<void> {
  const lock = await readLock(file);
  if (lock?.content === OWN_CONTENT) await removeLock(file, lock);
}

/** Sets the time of the file. If one attempt fails, the next may succeed before the lock is abandoned. */
async function showLife(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

function inUse(folder: string, file: string, { content }: Lock): UserError {
  const { host = 'an unknown host', pid = 'unknown' } = holderIn(content);
  return new UserError(
    `serve.dataDir: expected a folder that no other exporter uses, got ${folder}, which process ${pid} on ${host} uses: stop it, choose another folder, or, if it has ended, delete ${file} or start again after a minute`,
  );
}
