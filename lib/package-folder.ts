import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The folder of this package. Compiled code is deeper in it than the sources. */
export const PACKAGE_FOLDER = folderAbove(__dirname);

/** Returns the nearest folder with the sources of the functions, which compiled code has not. */
function folderAbove(folder: string): string {
  const hasSources = existsSync(path.join(folder, 'lambdas', 'index.ts'));
  return hasSources ? folder : folderAbove(path.dirname(folder));
}
