import { dailySchedule } from '../../lib/serve/schedule';

test.each([
  // hours, zone, now, last, next
  [[6], 'Etc/UTC', '2026-03-01T06:00:00.000Z', '2026-03-01T06:00:00.000Z', '2026-03-02T06:00:00.000Z'],
  [[6], 'Etc/UTC', '2026-03-01T05:59:59.999Z', '2026-02-28T06:00:00.000Z', '2026-03-01T06:00:00.000Z'],
  [[18, 6, 6], 'Etc/UTC', '2026-03-01T07:00:00.000Z', '2026-03-01T06:00:00.000Z', '2026-03-01T18:00:00.000Z'],
  [[0], 'Europe/Berlin', '2026-03-01T12:00:00.000Z', '2026-02-28T23:00:00.000Z', '2026-03-01T23:00:00.000Z'],
  // Clocks in Berlin go from 02:00 to 03:00 on 29 March, and from 03:00 back to 02:00 on 25 October.
  [[6], 'Europe/Berlin', '2026-03-29T12:00:00.000Z', '2026-03-29T04:00:00.000Z', '2026-03-30T04:00:00.000Z'],
  [[6], 'Europe/Berlin', '2026-03-29T03:00:00.000Z', '2026-03-28T05:00:00.000Z', '2026-03-29T04:00:00.000Z'],
  [[6], 'Asia/Kolkata', '2026-03-01T00:30:00.000Z', '2026-03-01T00:30:00.000Z', '2026-03-02T00:30:00.000Z'],
])('hours %j in %s at %s', (hours, zone, now, last, next) => {
  const schedule = dailySchedule(hours, zone);
  expect(schedule.lastAt(new Date(now)).toISOString()).toBe(last);
  expect(schedule.nextAfter(new Date(last)).toISOString()).toBe(next);
});

test('an hour that comes twice in autumn runs once', () => {
  const schedule = dailySchedule([2], 'Europe/Berlin');
  const first = schedule.nextAfter(new Date('2026-10-24T12:00:00Z'));
  expect(schedule.nextAfter(first).toISOString()).toBe('2026-10-26T01:00:00.000Z');
});
