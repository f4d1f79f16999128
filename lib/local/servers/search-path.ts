import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/** Returns the folders of a search path such as the environment variable PATH. */
export function foldersOf(searchPath: string): string[] {
  return searchPath
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.resolve(folder));
}

/** Returns the absolute path of the first executable file with one of the names, folder by folder. */
export async function findExecutable(
  names: readonly string[],
  folders: readonly string[],
): Promise<string | undefined> {
  for (const file of folders.flatMap((folder) => names.map((name) => path.join(folder, name)))) {
    if (await isExecutable(file)) {
      return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
