import { usageOf } from '../../support/promql-usage';

test('the reader of expressions sees errors, and which metric each label is asked of', () => {
  expect(usageOf('sum by (a) (x{b="1"}) and on (c) y')).toEqual({
    errors: [],
    metrics: ['x', 'y'],
    labels: [
      { metric: 'x', label: 'a' },
      { metric: 'x', label: 'b' },
      { metric: 'x', label: 'c' },
      { metric: 'y', label: 'c' },
    ],
  });
  expect(usageOf('sum by (a (x)').errors).not.toEqual([]);
});

test('a label of a join is asked of its many side, the labels that match of both', () => {
  expect(usageOf('sum by (a) (x * on (b) group_right () y)').labels).toEqual([
    { metric: 'y', label: 'a' },
    { metric: 'x', label: 'b' },
    { metric: 'y', label: 'b' },
  ]);
});
