import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { UserError } from '../user-error';

/** A folder of JSON documents that survive the end of a run, so that no query is sent twice. */
export interface Kept {
  /** Returns undefined for a document that is not there. */
  read<T>(name: string): Promise<T | undefined>;
  write(name: string, document: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Returns the documents of a folder, which is created when the first one is written. A document is replaced atomically. */
export function keptIn(folder: string): Kept {
  const fileOf = (name: string) => path.join(folder, `${name}.json`);
  return {
    read: (name) => readJson(fileOf(name)),
    async write(name, document) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(`${file}.new`, JSON.stringify(document));
      await rename(`${file}.new`, file);
    },
    remove: (name) => rm(fileOf(name), { force: true }),
  };
}

/** Returns the document, which is made and written if it is not there. */
export async function once<T>(kept: Kept, name: string, make: () => Promise<T>): Promise<T> {
  const known = await kept.read<T>(name);
  if (known !== undefined) return known;
  const made = await make();
  await kept.write(name, made);
  return made;
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UserError(
      `${file}: expected an answer that an earlier backfill kept, got a file that cannot be read: ${(error as Error).message}; delete it to pay for it again`,
    );
  }
}
