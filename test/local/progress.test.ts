import { allReported } from '../../lib/local/progress';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('the number of finished promises is reported until all are, or one fails', async () => {
  const lines: string[] = [];
  const after = (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));
  const all = allReported('have ended', [after(5_000), after(15_000)], (line) => lines.push(line));
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await all).toEqual([5_000, 15_000]);
  expect(lines).toEqual(['… 1 of 2 have ended']);
  const failing = allReported('have ended', [Promise.reject(new Error('gone'))], (line) => lines.push(line));
  await expect(failing).rejects.toThrow('gone');
  expect(jest.getTimerCount()).toBe(0);
});
