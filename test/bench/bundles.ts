import * as path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { type BundledFeatures, bundling } from '../../lib/constructs/bundling';

/** Where bundles are built: below the checkout, so that packages left out of a bundle are found as in a Lambda. */
export const FOLDER = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'bench');

/** The features that the default settings need. */
export const NO_FEATURES: BundledFeatures = { members: false, secrets: false, xc3: false };

/** Returns the options of esbuild for the bundles that are deployed. */
export function ours(features: BundledFeatures): BuildOptions {
  const { minify, target, externalModules, mainFields, define, esbuildArgs = {} } = bundling(features);
  const alias = Object.entries(esbuildArgs).flatMap(([argument, value]) =>
    argument.startsWith(ALIAS) ? [[argument.slice(ALIAS.length), String(value)]] : [],
  );
  return {
    minify,
    target,
    external: externalModules,
    mainFields,
    define,
    alias: Object.fromEntries(alias),
    supported: { 'dynamic-import': false },
  };
}

const ALIAS = '--alias:';

export const EVERY_FEATURE: BundledFeatures = { members: true, secrets: true, xc3: true };

/** The bundle of a function whose settings use every feature. */
export const OURS: BuildOptions = ours(EVERY_FEATURE);

export async function bundle(
  name: string,
  options: BuildOptions,
): Promise<{ file: string; metafile: Metafile }> {
  const file = path.join(FOLDER, `${name}.js`);
  const fixed = { bundle: true, platform: 'node', metafile: true, logLevel: 'error', outfile: file } as const;
  const { metafile } = await build({ ...options, ...fixed });
  return { file, metafile };
}

export function handlerOf(collector: string): string {
  return path.join(__dirname, '..', '..', 'lambdas', 'collectors', collector, 'handler.ts');
}
