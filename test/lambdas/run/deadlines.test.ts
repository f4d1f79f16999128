import { deadlinesOf } from '../../../lambdas/run/deadlines';

test.each([
  [300_000, { read: 280_000, push: 290_000, health: 295_000 }],
  [12_000, { read: 0, push: 2_000, health: 7_000 }],
])('with %i ms left, each step leaves time for the next', (remainingMs, expected) => {
  const delays = new Map<AbortSignal, number>();
  const deadlines = deadlinesOf(remainingMs, (ms) => {
    const { signal } = new AbortController();
    delays.set(signal, ms);
    return signal;
  });
  const { read, push, health } = deadlines;
  expect({ read: delays.get(read), push: delays.get(push), health: delays.get(health) }).toEqual(expected);
});

test('an invocation without time has no step left', async () => {
  const { read } = deadlinesOf(0);
  if (!read.aborted) await new Promise((resolve) => read.addEventListener('abort', resolve));
  expect(read.reason.name).toBe('TimeoutError');
});
