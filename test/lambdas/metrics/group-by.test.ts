import fc from 'fast-check';
import { sumCosts } from '../../../lambdas/domain/amounts';
import { groupBy, sumBy } from '../../../lambdas/metrics/group-by';
import { anyCents, dollars } from '../../support/amounts';

const rows = fc.array(
  fc.record({ service: fc.constantFrom('b', 'a', 'c'), day: fc.constantFrom('1', '2'), usd: anyCents }),
);

test('sums are sorted by the values of their keys and keep the rows in order', () => {
  const [b1, a2, b2] = [row('b', 1), row('a', 2), row('b', 3)];
  const byService = [
    { key: { service: 'a' }, rows: [a2] },
    { key: { service: 'b' }, rows: [b1, b2] },
  ];
  expect(groupBy([b1, a2, b2], ({ service }) => ({ service }))).toEqual(byService);
  expect(sumBy([b1, a2, b2], ({ service }) => ({ service }))).toEqual([
    { ...byService[0], usd: dollars(2) },
    { ...byService[1], usd: dollars(4) },
  ]);
});

test('keys that are equal only after joining are distinct groups', () => {
  const apart = [
    { one: 'a', two: 'b","c' },
    { one: 'a","b', two: 'c' },
  ];
  expect(groupBy(apart, (key) => key)).toHaveLength(2);
});

test('every row is in one group, and the sums add up to the sum of the rows', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const groups = sumBy(all, ({ service, day }) => ({ service, day }));
      const keys = groups.map(({ key }) => `${key.service} ${key.day}`);
      expect(keys).toEqual([...new Set(all.map(({ service, day }) => `${service} ${day}`))].sort());
      expect(groups.flatMap((group) => group.rows)).toHaveLength(all.length);
      expect(sumCosts(groups).eq(sumCosts(all))).toBe(true);
    }),
  );
});

function row(service: string, amount: number) {
  return { service, usd: dollars(amount) };
}
