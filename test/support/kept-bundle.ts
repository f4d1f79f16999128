import { copyFile, readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { bundle, handlerOf } from '../bench/bundles';
import { kept } from './kept';

/** Returns the bundle of a collector's handler and esbuild's list of its parts, made once for the same sources. */
export async function keptBundle(
  collector: CollectorName,
  options: BuildOptions,
): Promise<{ file: string; metafile: Metafile }> {
  const folder = await kept(`bundle-${collector}`, options, async (draft) => {
    const entryPoints = [handlerOf(collector)];
    const { file, metafile } = await bundle(`kept-${collector}`, { ...options, entryPoints });
    await copyFile(file, path.join(draft, 'index.js'));
    await writeFile(path.join(draft, 'metafile.json'), JSON.stringify(metafile));
  });
  const metafile = JSON.parse(await readFile(path.join(folder, 'metafile.json'), 'utf8')) as Metafile;
  return { file: path.join(folder, 'index.js'), metafile };
}
