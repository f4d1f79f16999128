import { type Asked, asked } from './asked';

/*
 * AWS restates cost for days, and closes a month about a week after its end. What the windows promise: each day is asked
 * for by as many daily runs as the window has days, wherever months end. What they do not: a window of 14 days no longer
 * asks for the days before the 24th when the month is closed on the 7th; 37 days and more ask for all of them.
 */

/** Days of a month that the run on a day of the next one still asks for. */
async function daysOfFebruary(day: string, costDays: number): Promise<number> {
  const { owners } = await asked(new Date(`${day}T06:00:00Z`), { costDays });
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
])('a window of %p days asks on %s for %p days of the month before', async (costDays, day, expected) => {
  expect(await daysOfFebruary(day, costDays)).toBe(expected);
});

test.each([1, 2, 14, 37])(
  'with a window of %p days each day is asked for by as many daily runs',
  async (costDays) => {
    const runs = await Promise.all(
      daysFrom('2027-12-01', 150).map((day) => asked(new Date(`${day}T00:05:00Z`), { costDays })),
    );
    const times = countByDay(runs);
    const settled = daysFrom('2028-01-15', 60);
    expect(settled.map((day) => times.get(day))).toEqual(settled.map(() => costDays));
  },
);

test('37 days reach all of the longest month until the day on which AWS closes it', async () => {
  const { owners } = await asked(new Date('2026-08-07T06:00:00Z'), { costDays: 37 });
  expect(owners).toEqual({ start: '2026-07-01', end: '2026-08-07' });
});

function countByDay(runs: readonly Asked[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const day of runs.flatMap(({ owners }) => daysIn(owners))) times.set(day, (times.get(day) ?? 0) + 1);
  return times;
}

function daysIn({ start, end }: Asked['owners']): string[] {
  return daysFrom(start, (Date.parse(end) - Date.parse(start)) / DAY_MS);
}

const DAY_MS = 86_400_000;

function daysFrom(start: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(start) + i * DAY_MS).toISOString().slice(0, 10),
  );
}
