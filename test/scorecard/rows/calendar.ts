import { midnight } from '../../../lib/local/bill/day';
import { smallBill, windowTotal } from '../bills';
import { named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

interface Moment {
  readonly row: string;
  readonly at: string;
  /** Time zone of the host. @default UTC */
  readonly timeZone?: string;
}

const MOMENTS: readonly Moment[] = [
  { row: '00:05 on the first of a month', at: '2026-03-01T00:05:00Z' },
  { row: '00:05 on New Year’s Day', at: '2026-01-01T00:05:00Z' },
  { row: 'last second of a 31st', at: '2026-03-31T23:59:59Z' },
  { row: 'leap day', at: '2028-02-29T06:00:00Z' },
  { row: 'day after a leap day', at: '2028-03-01T00:05:00Z' },
  { row: 'hour skipped by summer time', at: '2026-03-29T01:30:00Z', timeZone: 'Europe/Berlin' },
  { row: 'host at UTC+14', at: '2026-03-01T11:30:00Z', timeZone: 'Pacific/Kiritimati' },
  { row: 'host at UTC-10', at: '2026-03-01T00:05:00Z', timeZone: 'Pacific/Honolulu' },
];

export const CALENDAR_ROWS: readonly Row[] = MOMENTS.map(({ row, at, timeZone = 'UTC' }) => ({
  row,
  injected: timeZone === 'UTC' ? at : `${at}, TZ ${timeZone}`,
  expected: 'valid, 14 full UTC days, exact sum',
  run: () =>
    inScene(async (scene) => {
      const bill = smallBill({ asOf: new Date(at) });
      const ran = await scene.run('user-costs', { bill, environment: { TZ: timeZone } });
      const contents = await scene.contents();
      expect(ran.error).toBeUndefined();
      expect(sumOf(contents, 'aws_user_billed_cost_usd')).toBeCloseTo(windowTotal(bill).toNumber(), 6);
      const ends = named(contents, 'tollgate_success_period_end_timestamp_seconds').map(({ value }) => value);
      expect(ends).toEqual([midnight(at.slice(0, 10)).getTime() / 1000]);
      return `to ${at.slice(0, 10)}, ${windowTotal(bill).toFixed(2)} USD`;
    }),
}));
