import { firstDay, lastRunDay, oldestDay, runDays } from '../../lib/backfill/days';
import { planOf } from '../../lib/backfill/plan';
import { daysFrom } from '../../lib/local/bill/day';
import { suiteWith } from './suite';

test('a run that needs days which Cost Explorer no longer has is omitted', async () => {
  const { runs } = await planOf(suiteWith(), daysFrom('2025-02-02', '2025-03-05'));
  const firsts = [...runs].reverse().map(({ collector, day }) => [collector, day]);
  expect(Object.fromEntries(firsts)).toEqual({
    accounts: '2025-02-02',
    services: '2025-02-15',
    'user-costs': '2025-02-15',
    projects: '2025-03-03',
  });
});

test('each query of the collectors is sent once, by day and for all runs', async () => {
  const { queries } = await planOf(suiteWith(), ['2026-02-28', '2026-03-01', '2026-03-15']);
  expect(
    queries.map(({ collector, query: { GroupBy, Metrics, Granularity, TimePeriod } }) => ({
      collector,
      by: GroupBy?.map(({ Key }) => Key) ?? [],
      metrics: Metrics?.length,
      Granularity,
      ...TimePeriod,
    })),
  ).toEqual([
    { collector: 'user-costs', by: ['REGION', 'SERVICE'], metrics: 1, ...day('2026-02-14') },
    { collector: 'user-costs', by: ['Owner', 'REGION'], metrics: 1, ...day('2026-02-14') },
    { collector: 'services', by: ['SERVICE', 'REGION'], metrics: 2, ...day('2026-02-01') },
    { collector: 'services', by: ['REGION'], metrics: 2, ...day('2026-02-01') },
    { collector: 'projects', by: ['Project', 'SERVICE'], metrics: 1, ...day('2026-01-29') },
    { collector: 'projects', by: [], metrics: 1, ...day('2026-01-29') },
    { collector: 'accounts', by: ['LINKED_ACCOUNT', 'RECORD_TYPE'], metrics: 1, ...day('2025-02-01') },
    { collector: 'accounts', by: [], metrics: 1, ...day('2025-02-01') },
  ]);
});

function day(Start: string) {
  return { Granularity: 'DAILY', Start, End: '2026-03-15' };
}

test.each([
  ['2026-03-15T09:00:00Z', { oldest: '2025-02-01', first: '2026-01-01', last: '2026-03-15' }],
  ['2026-03-01T00:30:00Z', { oldest: '2025-02-01', first: '2026-01-01', last: '2026-02-28' }],
  ['2026-02-28T23:59:59Z', { oldest: '2025-01-01', first: '2025-12-01', last: '2026-02-28' }],
])('at %s, two months of history begin with a full month', (at, expected) => {
  const now = new Date(at);
  expect({ oldest: oldestDay(now), first: firstDay(now, 2), last: lastRunDay(now) }).toEqual(expected);
});

test('the first run covers the first day, and the last run is included', () => {
  expect(runDays('2026-02-27', '2026-03-02')).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
});
