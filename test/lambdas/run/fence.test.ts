import { registered } from '../../../lambdas/metrics/registered-group';
import { fenced } from '../../../lambdas/run/fence';
import type { RunSink } from '../../../lambdas/run/run-sink';

const EUROPE = { job: 'Services_Cost_eu-west-1', groupingKey: { account_id: '111122223333' } };
const AMERICA = { job: 'Services_Cost_us-east-1', groupingKey: { account_id: '111122223333' } };

const calls: string[] = [];
const sink: RunSink = {
  put: async ({ job }) => void calls.push(`put ${job}`),
  delete: async ({ job }) => void calls.push(`delete ${job}`),
  stored: async () => undefined,
};
const signal = AbortSignal.timeout(60_000);
let now = Date.parse('2026-03-15T12:00:00Z');
beforeEach(() => calls.splice(0));

test('asks the ledger at most once a second, and rejects once another run has taken over', async () => {
  const answers = [true, false];
  let asked = 0;
  const isHeld = async () => answers[asked++] ?? false;
  const fence = fenced(sink, { isHeld }, () => new Date(now));
  await fence.sink.put(registered({ ...EUROPE, samples: [] }), signal);
  await fence.sink.delete(EUROPE, signal);
  expect([asked, await fence.isSuperseded()]).toEqual([1, false]);
  now += 1_000;
  await expect(fence.sink.put(registered({ ...AMERICA, samples: [] }), signal)).rejects.toThrow(
    'another run has taken over',
  );
  await expect(fence.sink.delete(AMERICA, signal)).rejects.toThrow('another run has taken over');
  expect([asked, await fence.isSuperseded(), fence.failures()]).toEqual([2, true, []]);
  expect(calls).toEqual(['put Services_Cost_eu-west-1', 'delete Services_Cost_eu-west-1']);
});

test('pushes while the ledger cannot be reached, and deletes nothing', async () => {
  const isHeld = async () => Promise.reject(new Error('no answer'));
  const fence = fenced(sink, { isHeld }, () => new Date(now));
  await fence.sink.put(registered({ ...EUROPE, samples: [] }), signal);
  await expect(fence.sink.delete(EUROPE, signal)).rejects.toThrow('no answer');
  expect([calls, await fence.isSuperseded()]).toEqual([['put Services_Cost_eu-west-1'], false]);
  expect(fence.failures()).toEqual([{ part: 'ledger', reason: 'other', message: 'no answer' }]);
});
