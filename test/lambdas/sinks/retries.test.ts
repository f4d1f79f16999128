import type { HttpAnswer } from '../../../lambdas/sinks/http-exchange';
import { type Retries, withRetries } from '../../../lambdas/sinks/retries';
import type { Timing } from '../../../lambdas/sinks/timing';
import { seeded } from '../../../lib/local/bill/random';
import { virtualTime } from '../../support/virtual-time';

const RESET = new Error('ECONNRESET');
const HANGS = 'hangs';

test('no answer and a passing refusal are tried again, with pauses that double', async () => {
  const { times, result } = attempts([RESET, status(503), RESET, status(200)]);
  expect(await result).toMatchObject({ status: 200 });
  expect(times).toEqual([0, 100, 300, 700]);
});

test('eight attempts are the most, and the last outcome is the result', async () => {
  const times = [0, 100, 300, 700, 1_500, 3_100, 5_100, 7_100];
  const refused = attempts(Array(9).fill(status(503)));
  expect(await refused.result).toMatchObject({ status: 503 });
  expect(refused.times).toEqual(times);
  const reset = attempts([...Array(7).fill(status(503)), RESET]);
  await expect(reset.result).rejects.toBe(RESET);
  expect(reset.times).toEqual(times);
});

test.each([0, 0.25, 0.75])('a pause is any part of its limit: %d', async (random) => {
  const { times } = await ended(attempts([RESET, RESET, status(200)], { timing: virtualTime(() => random) }));
  expect(times).toEqual([0, 200 * random, 200 * random + 400 * random]);
});

test('a final answer is not tried again', async () => {
  const { times, result } = attempts([status(400), status(200)]);
  expect(await result).toMatchObject({ status: 400 });
  expect(times).toEqual([0]);
});

test.each([
  ['3', 3_000],
  ['0', 100],
  ['Sun, 01 Mar 2026 06:00:05 GMT', 5_000],
  ['Sun, 01 Mar 2026 05:59:00 GMT', 100],
  ['soon', 100],
  ['-5', 100],
])('after Retry-After: %s the next attempt comes %i ms later', async (value, later) => {
  const { times } = await ended(attempts([status(429, { 'retry-after': value }), status(200)]));
  expect(times).toEqual([0, later]);
});

test('an answer that asks for more patience than there is ends the attempts', async () => {
  const { times, result } = attempts([status(503, { 'retry-after': '15' }), status(200)]);
  expect(await result).toMatchObject({ status: 503 });
  expect(times).toEqual([0]);
});

test('an attempt that hangs ends after its time, and the last one when all time is used', async () => {
  const timing = virtualTime();
  const { times, result } = attempts([HANGS, HANGS, status(200)], { timing });
  const startedAt = timing.now();
  await expect(result).rejects.toThrow('timed out');
  expect(times).toEqual([0, 10_100]);
  expect(timing.now() - startedAt).toBe(15_000);
});

test('a deadline within a pause ends the attempts with the last outcome', async () => {
  const deadline = new AbortController();
  const timing = virtualTime();
  const sleep: Timing['sleep'] = (ms, signal) => {
    deadline.abort();
    return timing.sleep(ms, signal);
  };
  const { times, result } = attempts([status(503), status(200)], {
    timing: { ...timing, sleep },
    signal: deadline.signal,
  });
  expect(await result).toMatchObject({ status: 503 });
  expect(times).toEqual([0]);
});

test('a deadline within an attempt ends it', async () => {
  const deadline = new AbortController();
  const { result } = attempts([HANGS], { signal: deadline.signal });
  deadline.abort(new Error('no time left'));
  await expect(result).rejects.toThrow('no time left');
});

test('nothing is tried again without permission', async () => {
  const { times, result } = attempts([status(503), status(200)], { mayRetry: () => false });
  expect(await result).toMatchObject({ status: 503 });
  expect(times).toEqual([0]);
});

test.each([
  ['1 % resets', 12, 0.01, () => Promise.reject(RESET)],
  ['2 % 503', 12, 0.02, async () => status(503)],
  ['5 % resets', 100, 0.05, () => Promise.reject(RESET)],
])('at %s, each of %i runs of 100 requests is complete', async (_, runs, share, fault) => {
  const random = seeded(1);
  const timing: Timing = {
    now: () => 0,
    random: () => 0.5,
    sleep: async () => {},
    after: () => PATIENT.signal,
  };
  let faults = 0;
  for (let request = 0; request < runs * 100; request += 1) {
    const isStruck = () => random.below(1_000) < share * 1_000;
    const send = () => {
      if (!isStruck()) return Promise.resolve(status(200));
      faults += 1;
      return fault();
    };
    expect((await withRetries(send, { ...PATIENT, timing })).status).toBe(200);
  }
  expect(faults).toBeGreaterThan(runs * 100 * share * 0.5);
});

const PATIENT: Omit<Retries, 'timing'> = {
  attemptMs: 10_000,
  totalMs: 15_000,
  isFinal: (answer) => answer.status < 500 && answer.status !== 429,
  mayRetry: () => true,
  signal: new AbortController().signal,
};

/** Starts attempts with the given outcomes, and records the milliseconds at which each begins. */
function attempts(
  outcomes: readonly (HttpAnswer | Error | typeof HANGS)[],
  different: Partial<Retries> = {},
) {
  const timing = different.timing ?? virtualTime();
  const startedAt = timing.now();
  const times: number[] = [];
  const result = withRetries(
    async (signal) => {
      const outcome = outcomes[times.push(timing.now() - startedAt) - 1];
      if (outcome === HANGS) return hang(signal);
      if (outcome === undefined || outcome instanceof Error) throw outcome;
      return outcome;
    },
    { ...PATIENT, ...different, timing },
  );
  result.catch(() => {});
  return { times, result };
}

async function ended<T extends { readonly result: Promise<unknown> }>(started: T): Promise<T> {
  await started.result;
  return started;
}

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

function status(code: number, headers: HttpAnswer['headers'] = {}): HttpAnswer {
  return { status: code, headers, text: '' };
}
