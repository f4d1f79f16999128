import fc from 'fast-check';
import { REGIONLESS, REGIONS } from '../../../lambdas/catalog/regions';
import { byRegion, inventoryRegion, isRegionless, regionsWithCost } from '../../../lambdas/domain/regions';

test('no Region of the catalog is regionless', () => {
  expect(REGIONS.filter(isRegionless)).toEqual([]);
  expect(REGIONLESS.filter(isRegionless)).toEqual(REGIONLESS);
});

test.each([
  ['eu-west-1', 'aws', 'eu-west-1'],
  ['global', 'aws', 'us-east-1'],
  ['global', 'aws-cn', 'cn-northwest-1'],
  ['global', 'aws-iso', undefined],
  ['NoRegion', 'aws', undefined],
])('resources of charges in %s of %s are listed in %s', (region, partition, inventory) => {
  expect(inventoryRegion(region, partition)).toBe(inventory);
});

const rows = fc.array(
  fc.record({ region: fc.constantFrom('b', 'a', 'c'), cost: fc.integer({ max: 1, min: 0 }) }),
);

test('grouping by Region keeps every row once, and the order of the rows', () => {
  fc.assert(
    fc.property(rows, (all) => {
      for (const [region, some] of byRegion(all))
        expect(some).toEqual(all.filter((row) => row.region === region));
      expect([...byRegion(all).values()].flat()).toHaveLength(all.length);
    }),
  );
});

test('the Regions with cost are sorted, and each has a row or a total with cost', () => {
  fc.assert(
    fc.property(rows, rows, (totals, costs) => {
      const hasCost = ({ cost }: { cost: number }) => cost > 0;
      const withCost = [...totals, ...costs].filter(hasCost).map(({ region }) => region);
      expect(regionsWithCost([byRegion(totals), byRegion(costs)], hasCost)).toEqual(
        [...new Set(withCost)].sort(),
      );
    }),
  );
});
