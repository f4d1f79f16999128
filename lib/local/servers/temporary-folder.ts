import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

/** Creates an empty folder inside `parent`, which is created when missing. Returns its absolute path. */
export async function makeTemporaryFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  return mkdtemp(path.resolve(parent, 'tollgate-'));
}

/** Removes a folder with its contents. It is no error if the folder does not exist. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
