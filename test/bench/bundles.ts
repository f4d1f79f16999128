import * as path from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { hasLedger } from '../../lambdas/catalog/ledger';
import { type BundledFeatures, bundling } from '../../lib/constructs/bundling';

/** Folder of the bundles. It is below the checkout, so that Node.js finds packages that a bundle does not contain. */
export const FOLDER = path.join(__dirname, '..', '..', 'node_modules', '.cache', 'bench');

/** The features of a function that neither publishes groups nor queries. */
export const NO_FEATURES: BundledFeatures = {
  ledger: false,
  members: false,
  proxy: false,
  remoteWrite: false,
  resourceCosts: false,
  secrets: false,
  summaries: false,
  tls: false,
  xc3: false,
};

/** Returns the features that a function with default settings needs. The digest always reads the URL of its webhook from a secret. */
export function defaultFeatures(collector: CollectorName): BundledFeatures {
  return {
    ...NO_FEATURES,
    ledger: hasLedger(collector),
    resourceCosts: collector === 'user-costs',
    secrets: collector === 'digest',
  };
}

/** Returns the esbuild options of the deployed bundles. */
export function deployedOptions(features: BundledFeatures): BuildOptions {
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

export const EVERY_FEATURE: BundledFeatures = {
  ledger: true,
  members: true,
  proxy: true,
  remoteWrite: true,
  resourceCosts: true,
  secrets: true,
  summaries: false, // No metric of the catalog is one.
  tls: true,
  xc3: true,
};

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
