import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * One small CommonJS file a handler. The SDK is bundled, from its ES modules: smaller than from its CommonJS, and a
 * faster start than with the copy in the runtime. Without dynamic imports Node does not load its ES
 * module loader on the first call. `docs/decisions/bundles.md` has the figures.
 */
export const BUNDLING: BundlingOptions = {
  minify: true,
  target: 'node24',
  externalModules: [],
  mainFields: ['module', 'main'],
  sourceMap: true,
  sourcesContent: false,
  esbuildArgs: { '--supported:dynamic-import': 'false' },
};
