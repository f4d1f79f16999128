import { open, rename } from 'node:fs/promises';
import * as path from 'node:path';

/** Replaces a file atomically: a crash leaves the old content or the new one. Only the own user may read it. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const next = `${file}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
  await syncFolder(path.dirname(file));
}

/** Writes the folder's entry to the disk, so that the new content survives a power failure. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
