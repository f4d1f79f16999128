import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** The folder of this package. Compiled code is deeper in it than the sources. */
export const PACKAGE_FOLDER = folderAbove(__dirname);

/** Returns the nearest folder with a package.json. */
function folderAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : folderAbove(path.dirname(folder));
}
