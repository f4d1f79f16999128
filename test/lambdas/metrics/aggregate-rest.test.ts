import fc from 'fast-check';
import { sumUsd, type Usd, weightOf } from '../../../lambdas/domain/amounts';
import { aggregateRest, heaviest } from '../../../lambdas/metrics/aggregate-rest';
import { dollars } from '../../support/amounts';

interface Row {
  readonly name: string;
  readonly usd: Usd;
}

const row = (name: string, amount: number): Row => ({ name, usd: dollars(amount) });
const weight = ({ usd }: Row) => weightOf([usd]);
const aggregate = (rest: readonly Row[]): Row => ({ name: 'rest', usd: sumUsd(rest.map(({ usd }) => usd)) });

test('aggregates the lightest rows, compares refunds by their size, and keeps the order of the others', () => {
  const rows = [row('a', 1), row('b', -50), row('c', 2), row('d', 40)];
  expect(aggregateRest(rows, { limit: 3, weight, aggregate })).toEqual({
    shown: [row('b', -50), row('d', 40), row('rest', 3)],
    rest: [row('a', 1), row('c', 2)],
  });
});

test('rows that are always aggregated are in the rest, even if all rows fit', () => {
  const rows = [row('a', 1), row('b', 2)];
  const always = [row('c', 9)];
  expect(aggregateRest(rows, { limit: 3, weight, always, aggregate })).toEqual({
    shown: [...rows, row('rest', 9)],
    rest: always,
  });
  expect(aggregateRest(rows, { limit: 2, weight, always, aggregate })).toEqual({
    shown: [row('b', 2), row('rest', 10)],
    rest: [row('c', 9), row('a', 1)],
  });
});

test('aggregates nothing if all rows fit', () => {
  const rows = [row('a', 1), row('b', 0)];
  expect(aggregateRest(rows, { limit: 2, weight, aggregate })).toEqual({ shown: rows, rest: [] });
});

test('of rows with equal weights the earlier one is shown', () => {
  const rows = [row('a', 1), row('b', -1), row('c', 1)];
  expect(heaviest(rows, 2, weight)).toEqual({ shown: rows.slice(0, 2), rest: rows.slice(2) });
});

test.each([0, -1])('the limit %d shows nothing', (limit) => {
  const rows = [row('a', 1), row('b', 2)];
  expect(heaviest(rows, limit, weight)).toEqual({ shown: [], rest: rows });
});

test('never exceeds the limit and never changes the sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (amounts, limit) => {
      const rows = amounts.map((amount, index) => row(String(index), amount));
      const { shown } = aggregateRest(rows, { limit, weight, aggregate });
      expect(shown.length).toBeLessThanOrEqual(limit);
      expect(aggregate(shown).usd.eq(aggregate(rows).usd)).toBe(true);
    }),
  );
});
