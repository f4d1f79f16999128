import { lateAfterHours, staleAfterHours, stalePeriodAfterHours } from '../../lambdas/catalog/trust';
import { is } from '../../lambdas/promql/selector';
import { staleRuns } from '../../lambdas/promql/stale';
import { SETTINGS } from '../dashboards/models';

test.each([
  ['daily', [6], 26, 50],
  ['every six hours', [0, 6, 12, 18], 8, 14],
  ['at uneven hours', [5, 17, 20], 14, 26],
])('a collector that runs %s is late after one missed run and stale after two', (_, hours, late, stale) => {
  expect([lateAfterHours(hours), staleAfterHours(hours)]).toEqual([late, stale]);
});

test('a period is stale later than its run, because a fresh period already has an age', () => {
  expect([1, 3].map((settleDays) => stalePeriodAfterHours([6], settleDays))).toEqual([74, 122]);
});

test('each collector is compared with its own schedule', () => {
  const hours = { ...SETTINGS.hours, roles: [5, 17], tags: [5], projects: [5] };
  const stale = staleRuns({
    collectors: ['tags', 'roles', 'projects'],
    hours,
    runs: { account_id: is('1') },
  });
  const age = (collectors: string) =>
    `time() - max by (account_id, collector, deployment) (tollgate_success_timestamp_seconds{account_id="1", collector=~"${collectors}"})`;
  expect(stale.expr('scraped')).toBe(`${age('tags|projects')} > 180000\nor\n${age('roles')} > 93600`);
});
