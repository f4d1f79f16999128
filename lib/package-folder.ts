import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The folder of this package. Compiled code is deeper in it than the sources. */
export const PACKAGE_FOLDER = folderAbove(__dirname);

/** Returns the nearest folder with sources of functions. Compiled code has no such file. */
function folderAbove(folder: string): string {
  return existsSync(path.join(folder, SOURCE)) ? folder : folderAbove(path.dirname(folder));
}

const SOURCE = path.join('lambdas', 'index.ts');
