import { inParallel } from '../../lambdas/in-parallel';

/** Runs operations that end on demand, and records which are running. */
function controlled(weights: readonly number[], limits: { atOnce: number; weightAtOnce: number }) {
  const running = new Map<number, () => void>();
  const all = inParallel([...weights.keys()], { ...limits, weightOf: (i) => weights[i] ?? 0 }, async (i) => {
    await new Promise<void>((resolve) => running.set(i, resolve));
    running.delete(i);
    return `${i}`;
  });
  const end = async (i: number) => {
    running.get(i)?.();
    await new Promise(setImmediate);
  };
  return { all, end, running: () => [...running.keys()] };
}

test('no more operations run at once than the limit, and each end starts the next', async () => {
  const { all, end, running } = controlled([1, 1, 1, 1], { atOnce: 2, weightAtOnce: 100 });
  expect(running()).toEqual([0, 1]);
  await end(1);
  expect(running()).toEqual([0, 2]);
  await end(0);
  expect(running()).toEqual([2, 3]);
  await end(3);
  await end(2);
  expect(await all).toEqual(['0', '1', '2', '3']);
});

test('the weights of the running operations stay within the limit, and a heavier one runs alone', async () => {
  const { all, end, running } = controlled([6, 4, 1, 20, 1], { atOnce: 8, weightAtOnce: 10 });
  expect(running()).toEqual([0, 1]);
  await end(0);
  expect(running()).toEqual([1, 2]);
  await end(1);
  expect(running()).toEqual([2]);
  await end(2);
  expect(running()).toEqual([3]);
  await end(3);
  expect(running()).toEqual([4]);
  await end(4);
  expect(await all).toEqual(['0', '1', '2', '3', '4']);
});

test('an operation that rejects is reported, also beside others that reject later', async () => {
  const operation = async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    throw new Error(`after ${ms} ms`);
  };
  await expect(inParallel([1, 2], { atOnce: 1 }, operation)).rejects.toThrow('after 1 ms');
  await expect(inParallel([1, 5], { atOnce: 2 }, operation)).rejects.toThrow('after 1 ms');
  await new Promise((resolve) => setTimeout(resolve, 10));
});
