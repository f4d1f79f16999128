import { toFrame } from '../../lib/local/preview/client/frame';
import { transform } from '../../lib/local/preview/client/transformations';

test('values of several queries are in one row if their labels are equal', () => {
  const info = toFrame([row({ user: 'ada', id: '1' }, 1), row({ user: 'bob', id: '2' }, 1)], 'Value #A');
  const cost = toFrame([row({ user: 'bob' }, 7.5)], 'Value #B');
  const organize = {
    excludeByName: { Time: true, 'Value #A': true },
    indexByName: { user: 0, id: 1, 'Value #B': 2 },
    renameByName: { user: 'User', 'Value #A': '', 'Value #B': 'Cost' },
  };
  const steps = [
    { id: 'merge', options: {} },
    { id: 'organize', options: organize },
  ];
  expect(transform([info, cost], steps)).toEqual([
    [
      { name: 'User', values: ['ada', 'bob'] },
      { name: 'id', values: ['1', '2'] },
      { name: 'Cost', values: [null, 7.5] },
    ],
  ]);
});

test('one value by two labels becomes a matrix with totals, the largest first', () => {
  const costs = [
    row({ user: 'ada', region: 'eu' }, 1),
    row({ user: 'bob', region: 'us' }, 3),
    row({ user: 'ada', region: 'us' }, 1),
    row({ user: 'cy', region: 'us' }, 0.5),
  ];
  const steps = [
    { id: 'groupingToMatrix', options: { rowField: 'user', columnField: 'region', valueField: 'Value' } },
    { id: 'calculateField', options: { mode: 'reduceRow', reduce: { reducer: 'sum' }, alias: 'Total' } },
    { id: 'sortBy', options: { sort: [{ field: 'Total', desc: true }] } },
    { id: 'limit', options: { limitField: 2 } },
  ];
  expect(transform([toFrame(costs, 'Value')], steps)).toEqual([
    [
      { name: 'user\\region', values: ['bob', 'ada'] },
      { name: 'eu', values: [null, 1] },
      { name: 'us', values: [3, 1] },
      { name: 'Total', values: [3, 2] },
    ],
  ]);
});

test('an empty answer stays empty', () => {
  const steps = [
    { id: 'groupingToMatrix', options: { rowField: 'a', columnField: 'b', valueField: 'Value' } },
  ];
  expect(transform([toFrame([], 'Value')], steps)).toEqual([[]]);
});

function row(labels: Readonly<Record<string, string>>, value: number) {
  return { labels, value, time: 0 };
}
