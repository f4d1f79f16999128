import type { Usd } from './amounts';

type Rows = ReadonlyMap<string, readonly { readonly usd: Usd }[]>;

export function byRegion<R extends { readonly region: string }>(rows: readonly R[]): Map<string, R[]> {
  const regions = new Map<string, R[]>();
  for (const row of rows) {
    const known = regions.get(row.region);
    if (known) known.push(row);
    else regions.set(row.region, [row]);
  }
  return regions;
}

/** Sorted. Cost Explorer lists Regions where nothing but free usage happened, too: those have none. */
export function regionsWithCost(totals: Rows, rows: Rows): string[] {
  const hasCost = (some: Rows, region: string) => (some.get(region) ?? []).some(({ usd }) => !usd.eq(0));
  const regions = new Set([...totals.keys(), ...rows.keys()]);
  return [...regions].filter((region) => hasCost(totals, region) || hasCost(rows, region)).sort();
}
