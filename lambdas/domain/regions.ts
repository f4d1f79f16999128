import { GLOBAL_HOME, REGIONLESS } from '../catalog/regions';

/** The value under which charges and roles without a Region are published. */
export const GLOBAL: (typeof REGIONLESS)[number] = 'global';

/** Reports whether the value stands for "no Region" in Cost Explorer. */
export function isRegionless(region: string): boolean {
  return REGIONLESS.some((value) => value === region);
}

/** Returns the Region whose Tagging API lists the resources of a Region's charges; undefined if no Region lists them. */
export function inventoryRegion(region: string, partition: string): string | undefined {
  if (region === GLOBAL) return GLOBAL_HOME[partition];
  return isRegionless(region) ? undefined : region;
}

/** Returns the rows of each Region. */
export function byRegion<R extends { readonly region: string }>(rows: readonly R[]): Map<string, R[]> {
  const regions = new Map<string, R[]>();
  for (const row of rows) {
    const known = regions.get(row.region);
    if (known) known.push(row);
    else regions.set(row.region, [row]);
  }
  return regions;
}

type RowsByRegion<R> = ReadonlyMap<string, readonly R[]>;

/** Returns the Regions with cost, sorted. Cost Explorer also lists Regions with only free usage; they are skipped. */
export function regionsWithCost<T, R>(
  [totals, rows]: readonly [RowsByRegion<T>, RowsByRegion<R>],
  hasCost: (row: T | R) => boolean,
): string[] {
  const regions = new Set([...totals.keys(), ...rows.keys()]);
  const inRegion = (region: string) => [...(totals.get(region) ?? []), ...(rows.get(region) ?? [])];
  return [...regions].filter((region) => inRegion(region).some(hasCost)).sort();
}
