import { type RequestedIntervals, requestedIntervals } from './requested-intervals';

/*
 * AWS restates cost for days, and closes a month about a week after its end. The windows promise that as many daily runs
 * request a day as the window has days, wherever months end. They do not promise more: when AWS closes a month on the
 * 7th, a window of 14 days no longer requests the days before the 24th. A window of 37 days or more requests all days.
 */

/** Resolves with the number of days of February that a run on a later day still requests. */
async function daysOfFebruary(day: string, costDays: number): Promise<number> {
  const { owners } = await requestedIntervals(new Date(`${day}T06:00:00Z`), { costDays });
  return daysIn(owners).filter((text) => text.startsWith('2026-02')).length;
}

test.each([
  [14, '2026-03-01', 14],
  [14, '2026-03-02', 13],
  [14, '2026-03-07', 8],
  [14, '2026-03-14', 1],
  [14, '2026-03-15', 0],
  [1, '2026-03-01', 1],
  [1, '2026-03-02', 0],
  [34, '2026-03-07', 28],
  [40, '2026-03-07', 28],
])('a window of %p days requests, on %s, %p days of the month before', async (costDays, day, expected) => {
  expect(await daysOfFebruary(day, costDays)).toBe(expected);
});

test.each([1, 2, 14, 37])(
  'with a window of %p days, as many daily runs request each day',
  async (costDays) => {
    const runs = await Promise.all(
      daysFrom('2027-12-01', 150).map((day) =>
        requestedIntervals(new Date(`${day}T00:05:00Z`), { costDays }),
      ),
    );
    const times = countByDay(runs);
    const settled = daysFrom('2028-01-15', 60);
    expect(settled.map((day) => times.get(day))).toEqual(settled.map(() => costDays));
  },
);

test('a window of 37 days contains the longest month until AWS closes it', async () => {
  const { owners } = await requestedIntervals(new Date('2026-08-07T06:00:00Z'), { costDays: 37 });
  expect(owners).toEqual({ start: '2026-07-01', end: '2026-08-07' });
});

function countByDay(runs: readonly RequestedIntervals[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const day of runs.flatMap(({ owners }) => daysIn(owners))) times.set(day, (times.get(day) ?? 0) + 1);
  return times;
}

function daysIn({ start, end }: RequestedIntervals['owners']): string[] {
  return daysFrom(start, (Date.parse(end) - Date.parse(start)) / DAY_MS);
}

const DAY_MS = 86_400_000;

function daysFrom(start: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(start) + i * DAY_MS).toISOString().slice(0, 10),
  );
}
