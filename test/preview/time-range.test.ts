import { steps } from '../../lib/local/preview/client/time-range';

const time = (text: string) => Date.parse(text);
const shown = (from: string, to: string, interval?: string) => {
  const { times, stepMs } = steps({ from: time(from), to: time(to) }, interval);
  return { times: times.map((at) => new Date(at).toISOString()), stepMs };
};

test('steps of a day are at 00:00 UTC, whatever the time of the shown range', () => {
  expect(shown('2026-03-13T17:20:00Z', '2026-03-15T17:20:00Z', '1d')).toEqual({
    times: ['2026-03-13T00:00:00.000Z', '2026-03-14T00:00:00.000Z', '2026-03-15T00:00:00.000Z'],
    stepMs: 86_400_000,
  });
});

test('a range with too many steps has longer ones, which are multiples of the interval', () => {
  const { times, stepMs } = steps({ from: 0, to: time('2026-01-01') }, '1d');
  expect(stepMs % 86_400_000).toBe(0);
  expect(times.length).toBeLessThanOrEqual(1001);
  expect(times.filter((at) => at % stepMs !== 0)).toEqual([]);
});

test('without an interval a step is a minute', () => {
  expect(shown('2026-03-15T17:20:30Z', '2026-03-15T17:21:10Z')).toEqual({
    times: ['2026-03-15T17:20:00.000Z', '2026-03-15T17:21:00.000Z'],
    stepMs: 60_000,
  });
});
