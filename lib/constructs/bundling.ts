import * as path from 'node:path';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';

/** What the settings of a function need beside its collector; everything else is left out of its bundle. */
export interface BundledFeatures {
  /** Other accounts are entered: AWS STS. */
  readonly members: boolean;
  /** Headers or URLs are read from secrets: AWS Secrets Manager. */
  readonly secrets: boolean;
  /** Metrics are published under the names of XC3. */
  readonly xc3: boolean;
}

/**
 * Bundles one small CommonJS file a handler. The SDK is bundled, from its ES modules: smaller than from its CommonJS, and a
 * faster start than with the copy in the runtime. Without dynamic imports Node.js does not load its ES
 * module loader on the first call. `docs/decisions/bundles.md` has the figures.
 */
export function bundling(features: BundledFeatures): BundlingOptions {
  return {
    minify: true,
    target: 'node24',
    externalModules: [],
    mainFields: ['module', 'main'],
    sourceMap: true,
    sourcesContent: false,
    define: constants(features),
    esbuildArgs: { '--supported:dynamic-import': 'false', ...aliases() },
  };
}

/** The constants of `lambdas/bundled.ts`. */
function constants({ members, secrets, xc3 }: BundledFeatures): Record<string, string> {
  return {
    ...(!members && { 'globalThis.WITHOUT_MEMBERS': 'true' }),
    ...(!secrets && { 'globalThis.WITHOUT_SECRETS': 'true' }),
    ...(!xc3 && { 'globalThis.WITHOUT_XC3': 'true' }),
  };
}

/** Modules of the SDK that never run in a function, and the files that stand for them. Each file says why. */
const REPLACED: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': 'environment-credentials.ts',
  '@smithy/core/event-streams': 'no-event-streams.ts',
};

/** One argument each: CDK passes several values of one argument in a form that esbuild does not take. */
function aliases(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(REPLACED).map(([module, file]) => [`--alias:${module}`, path.join(LAMBDAS_AWS, file)]),
  );
}

const LAMBDAS_AWS = path.join(__dirname, '..', '..', 'lambdas', 'aws');
