import fc from 'fast-check';
import {
  daysBackFrom,
  includesDay,
  lastFullDays,
  periodEndSeconds,
} from '../../../lambdas/domain/charge-period';

test.each([
  ['just after midnight', '2026-03-01T00:05:00Z', 14, 1, '2026-02-15', '2026-03-01'],
  ['just before midnight', '2026-03-01T23:59:59Z', 1, 1, '2026-02-28', '2026-03-01'],
  ['over a leap day', '2024-03-02T06:00:00Z', 2, 1, '2024-02-29', '2024-03-02'],
  ['settled for a day more', '2026-01-01T06:00:00Z', 3, 2, '2025-12-28', '2025-12-31'],
])('%s', (_, at, days, settleDays, start, end) => {
  expect(lastFullDays(new Date(at), { days, settleDays })).toEqual({ start, end });
});

test('a period has as many days as asked for, and its end is outside', () => {
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

test('days back from the end are the last first, and never before the start', () => {
  const period = { start: '2026-02-27', end: '2026-03-02' };
  expect(daysBackFrom(period, 2)).toEqual(['2026-03-01', '2026-02-28']);
  expect(daysBackFrom(period, 9)).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
});
