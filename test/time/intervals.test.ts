import fc from 'fast-check';
import { type IamUser, iamUsers } from '../../lambdas/collectors/iam-users/collector';
import { exposition } from '../support/exposition';
import { type Interval, requestedIntervals } from './requested-intervals';

/** Scheduled times, with the interval of a window of 14 days that ends yesterday. */
const MOMENTS: readonly [string, string, Interval][] = [
  ['in the middle of a month', '2026-03-20T06:00:00Z', { start: '2026-03-06', end: '2026-03-20' }],
  ['on the first of a month', '2026-03-01T06:00:00Z', { start: '2026-02-15', end: '2026-03-01' }],
  ['at 00:05 on the first', '2026-03-01T00:05:00Z', { start: '2026-02-15', end: '2026-03-01' }],
  ['at midnight on the first', '2026-03-01T00:00:00Z', { start: '2026-02-15', end: '2026-03-01' }],
  ['a millisecond before', '2026-02-28T23:59:59.999Z', { start: '2026-02-14', end: '2026-02-28' }],
  ['at 00:05 on New Year’s Day', '2027-01-01T00:05:00Z', { start: '2026-12-18', end: '2027-01-01' }],
  ['on the 31st', '2026-03-31T06:00:00Z', { start: '2026-03-17', end: '2026-03-31' }],
  ['on the 31st of December', '2026-12-31T06:00:00Z', { start: '2026-12-17', end: '2026-12-31' }],
  ['on 29 February', '2028-02-29T06:00:00Z', { start: '2028-02-15', end: '2028-02-29' }],
  ['on the day after 29 February', '2028-03-01T06:00:00Z', { start: '2028-02-16', end: '2028-03-01' }],
  [
    'over 28 February 2100, which is no leap year',
    '2100-03-01T06:00:00Z',
    { start: '2100-02-15', end: '2100-03-01' },
  ],
  ['as clocks go forward in Europe', '2026-03-29T01:00:00Z', { start: '2026-03-15', end: '2026-03-29' }],
  ['as clocks go back in Europe', '2026-10-25T01:00:00Z', { start: '2026-10-11', end: '2026-10-25' }],
  ['as clocks go forward in New York', '2026-03-08T07:00:00Z', { start: '2026-02-22', end: '2026-03-08' }],
  [
    'as clocks go back on Lord Howe Island',
    '2026-04-04T15:00:00Z',
    { start: '2026-03-21', end: '2026-04-04' },
  ],
];

test.each(MOMENTS)('%s every query covers the 14 full UTC days before', async (_, at, interval) => {
  expect(await requestedIntervals(new Date(at))).toEqual({
    totals: interval,
    owners: interval,
    resources: interval,
    periodEnd: `${interval.end}T00:00:00.000Z`,
  });
});

const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2105-01-01'), noInvalidDate: true });
const settings = fc
  .record({
    costDays: fc.integer({ min: 1, max: 365 }),
    resourceDays: fc.integer({ min: 1, max: 14 }),
    settleDays: fc.integer({ min: 1, max: 14 }),
  })
  .filter(({ resourceDays, settleDays }) => resourceDays + settleDays <= 15);

test('at any instant and with any settings, every interval is valid and as long as the settings say', async () => {
  await fc.assert(
    fc.asyncProperty(instants, settings, async (at, days) => {
      const { totals, owners, resources, periodEnd } = await requestedIntervals(at, days);
      expect([totals, owners, resources].flatMap((interval) => refusals(interval, at))).toEqual([]);
      expect([owners, resources].map(lengthOf)).toEqual([days.costDays, days.resourceDays]);
      expect(totals).toEqual(days.costDays > days.resourceDays ? owners : resources);
      expect(periodEnd).toBe(`${owners.end}T00:00:00.000Z`);
      expect(daysBetween(resources.start, dayOf(at))).toBeLessThanOrEqual(14);
    }),
  );
});

test('all instants of a UTC day request the same days, and the next day requests one day later', async () => {
  const timeOfDay = fc.integer({ min: 0, max: DAY_MS - 1 });
  await fc.assert(
    fc.asyncProperty(instants, timeOfDay, timeOfDay, async (day, one, other) => {
      const midnight = Date.parse(dayOf(day));
      const today = await requestedIntervals(new Date(midnight + one));
      expect(await requestedIntervals(new Date(midnight + other))).toEqual(today);
      const tomorrow = await requestedIntervals(new Date(midnight + DAY_MS + other));
      expect(
        [tomorrow.owners.start, tomorrow.owners.end].map((text) => daysBetween(dayOf(day), text)),
      ).toEqual([today.owners.start, today.owners.end].map((text) => daysBetween(dayOf(day), text) + 1));
    }),
  );
});

test('a retry after midnight requests the same days, because the wall clock does not count', async () => {
  const scheduled = new Date('2026-02-28T23:30:00Z');
  const first = await requestedIntervals(scheduled);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  for (const later of ['2026-03-01T00:05:00Z', '2026-03-01T05:30:00Z', '2030-01-01T00:00:00Z']) {
    jest.setSystemTime(new Date(later));
    expect(await requestedIntervals(scheduled)).toEqual(first);
  }
  jest.useRealTimers();
});

test('iam-users publishes the same at any instant, because it requests no interval', async () => {
  const users = iamUsers({ users: async () => [ALICE] }, { maxInventory: 100 });
  const text = await exposition(users, '2026-03-01T00:05:00Z');
  await fc.assert(
    fc.asyncProperty(instants, async (at) => expect(await exposition(users, at.toISOString())).toBe(text)),
  );
});

const ALICE: IamUser = {
  name: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  id: 'AIDAALICE',
  createdAt: new Date('2024-02-29T12:00:00Z'),
};

const DAY_MS = 86_400_000;

/** Returns the reasons for which Cost Explorer would refuse the interval or misread it. */
function refusals({ start, end }: Interval, at: Date): string[] {
  const checks: Readonly<Record<string, boolean>> = {
    'start is a day': isDay(start),
    'end is a day': isDay(end),
    'start is before end': start < end,
    'end, which is exclusive, is not after the scheduled day': end <= dayOf(at),
  };
  return Object.entries(checks).flatMap(([check, holds]) =>
    holds ? [] : [`${start} to ${end}: expected that ${check}`],
  );
}

function isDay(text: string): boolean {
  return dayOf(new Date(text)) === text;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function lengthOf({ start, end }: Interval): number {
  return daysBetween(start, end);
}

function daysBetween(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / DAY_MS;
}
