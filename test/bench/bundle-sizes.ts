import { COLLECTORS } from '../../lambdas/catalog/collectors';
import { bundle, CDK_DEFAULTS, handlerOf, OURS } from './bundles';

const PACKAGES_SHOWN = 12;

/** A column a handler: kB in the bundle by package, the largest first. */
export async function bundleSizes(): Promise<string[][]> {
  const collectors = Object.keys(COLLECTORS);
  const sizes = await Promise.all(collectors.map((collector) => bytesByPackage(collector)));
  const packages = [...new Set(sizes.flatMap((size) => [...size.keys()]))].sort(
    (a, b) => total(sizes, b) - total(sizes, a),
  );
  const row = (name: string, pick: (size: ReadonlyMap<string, number>) => number) => [
    name,
    ...sizes.map((size) => kB(pick(size))),
  ];
  const rest = packages.slice(PACKAGES_SHOWN);
  return [
    ['', ...collectors],
    ...packages.slice(0, PACKAGES_SHOWN).map((name) => row(name, (size) => size.get(name) ?? 0)),
    row(`${rest.length} more`, (size) => rest.reduce((sum, name) => sum + (size.get(name) ?? 0), 0)),
    row('whole bundle', (size) => [...size.values()].reduce((sum, bytes) => sum + bytes, 0)),
    ['with CDK’s defaults', ...(await Promise.all(collectors.map(defaultsOf)))],
  ];
}

async function bytesByPackage(collector: string): Promise<Map<string, number>> {
  const { metafile } = await bundle(`sizes-${collector}`, { ...OURS, entryPoints: [handlerOf(collector)] });
  const bytes = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs),
  )) {
    const name = packageOf(file);
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  const whole = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return bytes.set('(glue)', whole - [...bytes.values()].reduce((sum, some) => sum + some, 0));
}

/** Without the SDK, which is loaded from the runtime instead. */
async function defaultsOf(collector: string): Promise<string> {
  const { metafile } = await bundle(`defaults-${collector}`, {
    ...CDK_DEFAULTS,
    entryPoints: [handlerOf(collector)],
  });
  return kB(Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0));
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
