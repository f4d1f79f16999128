import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.join(__dirname, '..', '..');
const CACHE = path.join(ROOT, '.cache', 'tests');

/** Sources of a bundle or a synthesised app. */
const SOURCES = ['bin', 'lambdas', 'lib', 'cdk.json', 'package-lock.json', 'tsconfig.json'];

/**
 * Returns a folder that is made once and kept while the sources and the key stay the same. Other test files and other
 * runs use the same folder, so no test may write to it. If several processes need it at once, one of them makes it.
 */
export async function kept(
  name: string,
  key: unknown,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(CACHE, `${name}-${digestOf(key)}`);
  await mkdir(CACHE, { recursive: true });
  while (!existsSync(folder)) {
    if (takeLock(folder)) await makeInPlace(folder, make);
    else await sleep(50);
  }
  return folder;
}

async function makeInPlace(folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  try {
    if (existsSync(folder)) return;
    removeOld();
    const draft = await mkdtemp(`${folder}.draft-`);
    await make(draft);
    await rename(draft, folder);
  } finally {
    await rm(lockOf(folder), { force: true });
  }
}

/** Removes the lock of a process that is gone, so that the next attempt gets it. */
function takeLock(folder: string): boolean {
  try {
    writeFileSync(lockOf(folder), String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lockOf(folder))) rmSync(lockOf(folder), { force: true });
    return false;
  }
}

function lockOf(folder: string): string {
  return `${folder}.lock`;
}

function isHeld(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid === 0 || process.kill(pid, 0); // The id is 0 while the lock is being written.
  } catch {
    return !existsSync(lock);
  }
}

/** Removes folders that are older than a day. */
function removeOld(): void {
  for (const name of readdirSync(CACHE)) {
    const file = path.join(CACHE, name);
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > DAY_MS) rmSync(file, { recursive: true, force: true });
  }
}

const DAY_MS = 86_400_000;

function digestOf(key: unknown): string {
  sources ??= digestOfSources();
  return createHash('sha256').update(sources).update(JSON.stringify(key)).digest('hex').slice(0, 16);
}

let sources: string | undefined;

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(source: string): string[] {
  const full = path.join(ROOT, source);
  if (statSync(full).isFile()) return [full];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(full, file))
    .filter((file) => statSync(file).isFile())
    .sort();
}
