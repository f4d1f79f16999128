import fc from 'fast-check';
import {
  daysBackFrom,
  daysIn,
  includesDay,
  lastFullDays,
  longer,
  monthOf,
  monthsUpTo,
  monthToDate,
  periodEndSeconds,
  remainder,
  restOfMonth,
  split,
} from '../../../lambdas/domain/charge-period';

test.each([
  ['just after midnight', '2026-03-01T00:05:00Z', 14, 1, '2026-02-15', '2026-03-01'],
  ['just before midnight', '2026-03-01T23:59:59Z', 1, 1, '2026-02-28', '2026-03-01'],
  ['over a leap day', '2024-03-02T06:00:00Z', 2, 1, '2024-02-29', '2024-03-02'],
  ['settled for a day more', '2026-01-01T06:00:00Z', 3, 2, '2025-12-28', '2025-12-31'],
])('%s', (_, at, days, settleDays, start, end) => {
  expect(lastFullDays(new Date(at), { days, settleDays })).toEqual({ start, end });
});

test('a period has the requested number of days, and its end is exclusive', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 14 }),
      (at, days, settleDays) => {
        const period = lastFullDays(at, { days, settleDays });
        expect((Date.parse(period.end) - Date.parse(period.start)) / 86_400_000).toBe(days);
        expect(includesDay(period, period.start)).toBe(true);
        expect(includesDay(period, period.end)).toBe(false);
        expect(periodEndSeconds(period) * 1000).toBeLessThanOrEqual(at.getTime());
      },
    ),
  );
});

test('days counted back from the end begin with the last day and never precede the start', () => {
  const period = { start: '2026-02-27', end: '2026-03-02' };
  expect(daysBackFrom(period, 2)).toEqual(['2026-03-01', '2026-02-28']);
  expect(daysBackFrom(period, 9)).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
});

test.each([
  ['in a month', '2026-03-15', '2026-03-01', '2025-12-01', '2026-04-01'],
  ['after the last day of a month', '2026-03-01', '2026-02-01', '2025-11-01', '2026-04-01'],
  ['in January', '2026-01-02', '2026-01-01', '2025-10-01', '2026-02-01'],
])('an end %s', (_, end, month, threeMonthsBefore, nextMonth) => {
  expect(monthToDate({ end })).toEqual({ start: month, end });
  expect(monthsUpTo({ end }, 3)).toEqual({ start: threeMonthsBefore, end });
  expect(restOfMonth({ end })).toEqual({ start: end, end: nextMonth });
});

test('the month to date includes the last day, and the rest of the month starts after it', () => {
  const at = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(at, fc.integer({ min: 1, max: 24 }), (time, months) => {
      const day = lastFullDays(time, { days: 1, settleDays: 1 });
      const soFar = monthToDate(day);
      expect(includesDay(soFar, day.start)).toBe(true);
      expect(monthOf(soFar.start)).toBe(monthOf(day.start));
      expect(restOfMonth(day).start).toBe(soFar.end);
      expect(longer(soFar, monthsUpTo(day, months))).toEqual(monthsUpTo(day, months));
    }),
  );
});

test('a period is split into days or calendar months, cut at its ends', () => {
  const period = { start: '2026-01-30', end: '2026-03-02' };
  expect(split(period, 'MONTHLY')).toEqual([
    { start: '2026-01-30', end: '2026-02-01' },
    { start: '2026-02-01', end: '2026-03-01' },
    { start: '2026-03-01', end: '2026-03-02' },
  ]);
  const days = split(period, 'DAILY');
  expect([days[0], days.at(-1), days.length]).toEqual([
    { start: '2026-01-30', end: '2026-01-31' },
    { start: '2026-03-01', end: '2026-03-02' },
    daysIn(period),
  ]);
});

test.each([
  ['before it', '2026-03-09T12:00:00Z', '2026-03-10'],
  ['on its first day', '2026-03-10T23:59:59Z', '2026-03-10'],
  ['on its last day', '2026-03-11T00:00:00Z', '2026-03-11'],
  ['after it', '2026-03-12T00:00:00Z', undefined],
])('what is left of a period %s begins today', (_, at, start) => {
  const left = remainder({ start: '2026-03-10', end: '2026-03-12' }, new Date(at));
  expect(left).toEqual(start && { start, end: '2026-03-12' });
});
