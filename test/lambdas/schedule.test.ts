import { longestGapHours, shortestGapHours } from '../../lambdas/catalog/schedule';

test.each([
  [[6], 24, 24],
  [[6, 6], 24, 24],
  [[18, 6], 12, 12],
  [[23, 1, 7], 16, 2],
])('runs at the hours %p are at most %p and at least %p hours apart', (hours, longest, shortest) => {
  expect([longestGapHours(hours), shortestGapHours(hours)]).toEqual([longest, shortest]);
});
