import * as path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { BUNDLING } from '../../lib/constructs/bundling';

/** Where bundles are built: below the checkout, so that packages left out of a bundle are found as in a Lambda. */
export const FOLDER = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'bench');

/** What esbuild is told for the bundles that are deployed. */
export const OURS: BuildOptions = {
  minify: BUNDLING.minify,
  target: BUNDLING.target,
  external: BUNDLING.externalModules,
  mainFields: BUNDLING.mainFields,
  supported: { 'dynamic-import': false },
};

/** What CDK's NodejsFunction does for a Node.js 24 runtime when it is told nothing: the SDK of the runtime, not minified. */
export const CDK_DEFAULTS: BuildOptions = { target: 'node24', external: ['@aws-sdk/*', '@smithy/*'] };

export const EMPTY = 'exports.handler = async () => {};\n';

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
