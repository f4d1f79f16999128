import fc from 'fast-check';
import { accounts } from '../../lambdas/collectors/accounts/collector';
import { projects } from '../../lambdas/collectors/projects/collector';
import { services } from '../../lambdas/collectors/services/collector';
import { ZERO_USD } from '../../lambdas/domain/amounts';
import { remainder } from '../../lambdas/domain/charge-period';
import type { Interval } from './requested-intervals';

const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2105-01-01'), noInvalidDate: true });
const settings = fc.record({
  costDays: fc.integer({ min: 1, max: 365 }),
  projectDays: fc.integer({ min: 1, max: 365 }),
  settleDays: fc.integer({ min: 1, max: 14 }),
});

/** Longest delay of the one automatic retry: the event's maximum age. */
const LATEST_RETRY_MS = 60 * 60 * 1000;

test('at any instant every interval is valid for Cost Explorer, also in a retry an hour later', async () => {
  await fc.assert(
    fc.asyncProperty(instants, settings, async (at, days) => {
      const intervals = await queriesAt(at, days);
      const retry = new Date(at.getTime() + LATEST_RETRY_MS);
      expect([at, retry].flatMap((now) => intervals.flatMap((interval) => refusals(interval, now)))).toEqual(
        [],
      );
    }),
    { numRuns: 300 },
  );
});

test('at any instant the forecast begins today or is not requested, also in a retry an hour later', async () => {
  await fc.assert(
    fc.asyncProperty(instants, settings, async (at, days) => {
      const forecast = (await queriesAt(at, days)).find(({ query }) => query === 'forecast');
      if (!forecast) throw new Error('expected a forecast, got none');
      for (const now of [at, new Date(at.getTime() + LATEST_RETRY_MS)]) {
        const left = remainder(forecast, now);
        const today = now.toISOString().slice(0, 10);
        expect(left).toEqual(today < forecast.end ? { start: today, end: forecast.end } : undefined);
      }
    }),
    { numRuns: 300 },
  );
});

test('a scheduled time determines the intervals of every collector', async () => {
  const at = new Date('2026-03-31T23:30:00Z');
  const days = { costDays: 14, projectDays: 30, settleDays: 1 };
  expect(await queriesAt(at, days)).toEqual([
    { query: 'services', start: '2026-03-01', end: '2026-03-31' },
    { query: 'services total', start: '2026-03-01', end: '2026-03-31' },
    { query: 'projects', start: '2026-03-01', end: '2026-03-31' },
    { query: 'projects total', start: '2026-03-01', end: '2026-03-31' },
    { query: 'accounts', start: '2025-03-01', end: '2026-03-31' },
    { query: 'accounts total', start: '2025-03-01', end: '2026-03-31' },
    { query: 'forecast', start: '2026-03-31', end: '2026-04-01' },
  ]);
});

test('a full month is read again every day for thirteen months', async () => {
  const days = { costDays: 14, projectDays: 30, settleDays: 1 };
  for (const at of ['2026-03-01', '2026-03-07', '2026-03-31', '2027-01-31']) {
    const months = (await queriesAt(new Date(`${at}T07:00:00Z`), days)).find(
      ({ query }) => query === 'accounts',
    );
    expect(months && months.start <= '2026-02-01').toBe(true);
  }
});

interface Query extends Interval {
  readonly query: string;
}

interface Days {
  readonly costDays: number;
  readonly projectDays: number;
  readonly settleDays: number;
}

/** Resolves with the Cost Explorer queries of all collectors at one scheduled time. */
async function queriesAt(scheduledTime: Date, days: Days): Promise<Query[]> {
  const queries: Query[] = [];
  const none =
    <T>(query: string, answer: T) =>
    async (_: string, interval: Interval) => {
      queries.push({ query, ...interval });
      return answer;
    };
  const input = { accountId: '111122223333', partition: 'aws', suiteAccounts: [], scheduledTime };
  const limits = { ...days, maxSeries: 100, projectTag: 'Project', projectUsageTypes: [] };
  await services({ costs: none('services', []), totals: none('services total', []) }, limits)(input);
  await projects(
    { costs: none('projects', []), total: none('projects total', ZERO_USD), usage: none('usage', []) },
    limits,
  )(input);
  await accounts(
    {
      organization: async () => ({ accounts: [] }),
      costs: (period) => none('accounts', [])('', period),
      totals: (period) => none('accounts total', [])('', period),
      forecast: (period) => none('forecast', undefined)('', period),
    },
    limits,
  )(input);
  return queries;
}

/** Returns the reasons for which Cost Explorer would refuse the query on that day; only a forecast may be about the future. */
function refusals({ query, start, end }: Query, now: Date): string[] {
  const today = now.toISOString().slice(0, 10);
  const [year = 0, month = 0] = today.split('-').map(Number);
  const oldest = new Date(Date.UTC(year, month - 1 - 13, 1)).toISOString().slice(0, 10);
  const sent = `${query} ${start} ${end} on ${today}`;
  return [
    ...(start < end ? [] : [`${sent}: is empty`]),
    ...(start <= today ? [] : [`${sent}: begins after today`]),
    ...(query === 'forecast' || end <= today ? [] : [`${sent}: ends after today`]),
    ...(start >= oldest || limitless(query) ? [] : [`${sent}: beyond history`]),
  ];
}

/** Reports whether the settings alone limit the window, so that it may begin before AWS's history. */
function limitless(query: string): boolean {
  return /^(services|projects)/.test(query);
}
