import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { hasLedger } from '../../lambdas/catalog/ledger';
import type { BundledFeatures } from '../../lib/constructs/bundling';
import { bundle, defaultFeatures, deployedOptions, EVERY_FEATURE, handlerOf } from './bundles';
import type { Measured } from './goal';

export const COLLECTOR_NAMES = Object.keys(COLLECTORS) as CollectorName[];

/** Bundles of the default settings, and the growth by a sink of remote write, in kB. */
export async function bundleGoals(): Promise<Measured[]> {
  const bundles = COLLECTOR_NAMES.map(async (collector) => ({
    what: `bundle of ${collector}`,
    value: (await bundleBytes(collector)) / 1000,
    goal: GOALS_KB[collector] ?? 345,
    unit: 'kB' as const,
  }));
  return Promise.all([...bundles, remoteWriteGoal()]);
}

/** Returns the kB that remote write adds to a bundle. */
export async function remoteWriteGoal(): Promise<Measured> {
  const features = defaultFeatures('user-costs');
  const written = await bundleBytes('user-costs', { ...features, remoteWrite: true });
  const value = (written - (await bundleBytes('user-costs', features))) / 1000;
  return { what: 'remote write in user-costs', value, goal: 40, unit: 'kB' };
}

const GOALS_KB: Readonly<Partial<Record<CollectorName, number>>> = {
  'user-costs': 375,
  roles: 390,
  digest: 270,
};

/** Returns the size of each bundle in kB; it is the same on every machine. */
export async function bundleBytes(
  collector: CollectorName,
  features = defaultFeatures(collector),
): Promise<number> {
  return [...(await bytesByPackage(collector, features)).values()].reduce((sum, bytes) => sum + bytes, 0);
}

function everyFeature(collector: CollectorName): BundledFeatures {
  return { ...EVERY_FEATURE, ledger: hasLedger(collector) };
}

const PACKAGES_SHOWN = 12;

/** Returns the kB of each package in each collector's bundle: one column per collector, the largest package first. */
export async function packageTable(): Promise<string[][]> {
  const sizes = await Promise.all(COLLECTOR_NAMES.map((name) => bytesByPackage(name, defaultFeatures(name))));
  const packages = [...new Set(sizes.flatMap((size) => [...size.keys()]))].sort(
    (a, b) => total(sizes, b) - total(sizes, a),
  );
  const row = (name: string, pick: (size: ReadonlyMap<string, number>) => number) => [
    name,
    ...sizes.map((size) => kB(pick(size))),
  ];
  const rest = packages.slice(PACKAGES_SHOWN);
  const sumOf = (names: readonly string[]) => (size: ReadonlyMap<string, number>) =>
    names.reduce((sum, name) => sum + (size.get(name) ?? 0), 0);
  const everything = await Promise.all(COLLECTOR_NAMES.map((name) => bundleBytes(name, everyFeature(name))));
  return [
    ['', ...COLLECTOR_NAMES],
    ...packages.slice(0, PACKAGES_SHOWN).map((name) => row(name, sumOf([name]))),
    row(`${rest.length} more`, sumOf(rest)),
    row('default settings', sumOf(packages)),
    ['every feature', ...everything.map(kB)],
  ];
}

async function bytesByPackage(
  collector: CollectorName,
  features: BundledFeatures,
): Promise<Map<string, number>> {
  const name = `sizes-${collector}-${Object.values(features).map(Number).join('')}`;
  const { metafile } = await bundle(name, {
    ...deployedOptions(features),
    entryPoints: [handlerOf(collector)],
  });
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs),
  )) {
    const owner = packageOf(file);
    bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput);
  }
  const total = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return bytes.set('(glue)', total - [...bytes.values()].reduce((sum, some) => sum + some, 0));
}

function packageOf(file: string): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? 'tollgate';
}

function total(sizes: readonly ReadonlyMap<string, number>[], name: string): number {
  return sizes.reduce((sum, size) => sum + (size.get(name) ?? 0), 0);
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
