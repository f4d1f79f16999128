import Big from 'big.js';
import fc from 'fast-check';
import { fold } from '../../../lambdas/metrics/aggregate-rest';

const line = (name: string, usd: number) => ({ name, usd: new Big(usd) });
const other = (usd: Big) => ({ name: 'other', usd });

test('folds the smallest, refunds counted by their size, and keeps the order of the rest', () => {
  const lines = [line('a', 1), line('b', -50), line('c', 2), line('d', 40)];
  expect(fold(lines, { limit: 3, other })).toEqual([line('b', -50), line('d', 40), line('other', 3)]);
});

test('what is folded already is in the rest, whatever fits', () => {
  const lines = [line('a', 1), line('b', 2)];
  expect(fold(lines, { limit: 3, already: [line('c', 9)], other })).toEqual([...lines, line('other', 9)]);
  expect(fold(lines, { limit: 2, already: [line('c', 9)], other })).toEqual([
    line('b', 2),
    line('other', 10),
  ]);
});

test('folds nothing that fits', () => {
  const lines = [line('a', 1), line('b', 0)];
  expect(fold(lines, { limit: 2, other })).toEqual(lines);
});

test('never exceeds the limit and never changes the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (amounts, limit) => {
      const folded = fold(
        amounts.map((amount, i) => line(String(i), amount)),
        { limit, other },
      );
      expect(folded.length).toBeLessThanOrEqual(limit);
      expect(folded.reduce((sum, { usd }) => sum.plus(usd), new Big(0)).toNumber()).toBe(
        amounts.reduce((a, b) => a + b, 0),
      );
    }),
  );
});
