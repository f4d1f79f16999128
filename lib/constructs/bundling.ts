import * as path from 'node:path';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { PACKAGE_FOLDER } from '../package-folder';

/** The optional features that a function's settings need. Its bundle omits the others. */
export interface BundledFeatures {
  /** The function remembers its runs, in Amazon DynamoDB. */
  readonly ledger: boolean;
  /** The function enters other accounts, through AWS STS. */
  readonly members: boolean;
  /** The function requests costs by resource. */
  readonly resourceCosts: boolean;
  /** A sink is reached through a proxy. */
  readonly proxy: boolean;
  /** A sink receives remote write. */
  readonly remoteWrite: boolean;
  /** The function reads headers, certificates or URLs from AWS Secrets Manager. */
  readonly secrets: boolean;
  /** The function may publish summaries, which the catalog lacks: it is a user's. */
  readonly summaries: boolean;
  /** A sink has certificates of its own. */
  readonly tls: boolean;
  /** The function publishes metrics under the names of XC3. */
  readonly xc3: boolean;
}

/**
 * Returns the options for one small CommonJS file per handler. The SDK is bundled because functions then start faster than with
 * the runtime's copy, and from its ES modules because that is smaller. Without dynamic imports, the first call does not load
 * Node.js's loader of ES modules. `docs/decisions/bundles.md` has the figures.
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
    esbuildArgs: { '--supported:dynamic-import': 'false', ...aliases(features) },
  };
}

/** Returns the constants of `lambdas/bundled.ts`. */
function constants({
  ledger,
  members,
  proxy,
  remoteWrite,
  resourceCosts,
  secrets,
  tls,
  xc3,
}: BundledFeatures): Record<string, string> {
  return {
    ...(!ledger && { 'globalThis.WITHOUT_LEDGER': 'true' }),
    ...(!members && { 'globalThis.WITHOUT_MEMBERS': 'true' }),
    ...(!proxy && { 'globalThis.WITHOUT_PROXY': 'true' }),
    ...(!remoteWrite && { 'globalThis.WITHOUT_REMOTE_WRITE': 'true' }),
    ...(!resourceCosts && { 'globalThis.WITHOUT_RESOURCE_COSTS': 'true' }),
    ...(!secrets && { 'globalThis.WITHOUT_SECRETS': 'true' }),
    ...(!tls && { 'globalThis.WITHOUT_TLS': 'true' }),
    ...(!xc3 && { 'globalThis.WITHOUT_XC3': 'true' }),
  };
}

/** Modules of packages that functions do not need, and the files of `lambdas` that replace them. */
const REPLACED: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': 'aws/environment-credentials.ts',
  '@aws-sdk/middleware-endpoint-discovery': 'aws/no-endpoint-discovery.ts',
  '@smithy/core/event-streams': 'aws/no-event-streams.ts',
};

/** The compiled entry of this package and its source, from which esbuild can remove unneeded code. */
const ENTRY = { 'tollgate/lambdas': 'index.ts' };

const NO_SUMMARIES = { 'prom-client/lib/summary': 'metrics/no-summary.ts' };

/** Returns one argument per module, because CDK joins several values of one argument in a form that esbuild refuses. */
function aliases({ summaries }: BundledFeatures): Record<string, string> {
  const replaced = { ...REPLACED, ...ENTRY, ...(!summaries && NO_SUMMARIES) };
  return Object.fromEntries(
    Object.entries(replaced).map(([module, file]) => [`--alias:${module}`, path.join(LAMBDAS, file)]),
  );
}

const LAMBDAS = path.join(PACKAGE_FOLDER, 'lambdas');
