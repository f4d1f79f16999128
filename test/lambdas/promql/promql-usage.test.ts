import { usageOf } from '../../support/promql-usage';

test('the parser finds syntax errors, and the metric that must have each label', () => {
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

test('the many side of a join must have its labels, and both sides must have the labels that match', () => {
  expect(usageOf('sum by (a) (x * on (b) group_right () y)').labels).toEqual([
    { metric: 'y', label: 'a' },
    { metric: 'x', label: 'b' },
    { metric: 'y', label: 'b' },
  ]);
});
