import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** Absolute path of a new, empty folder inside `parent`, which is made where it does not exist. */
export async function makeTemporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  return mkdtemp(path.resolve(parent, 'tollgate-'));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
