import { registered } from '../../../lambdas/metrics/registered-group';
import { fenceOf } from '../../../lambdas/run/fence';
import type { Target } from '../../../lambdas/run/target';
import { NO_SERIES } from '../../../lambdas/sinks/sink';
import { targetTo } from '../../support/target';

const EUROPE = { job: 'Services_Cost_eu-west-1', groupingKey: { account_id: '111122223333' } };
const AMERICA = { job: 'Services_Cost_us-east-1', groupingKey: { account_id: '111122223333' } };

const calls: string[] = [];
const target: Target = targetTo({
  put: async ({ job }) => void calls.push(`put ${job}`),
  delete: async ({ job }) => void calls.push(`delete ${job}`),
});
const signal = AbortSignal.timeout(60_000);
let now = Date.parse('2026-03-15T12:00:00Z');
beforeEach(() => calls.splice(0));

test('asks the ledger at most once a second, and rejects once another run has taken over', async () => {
  const answers = [true, false];
  let asked = 0;
  const isHeld = async () => answers[asked++] ?? false;
  const fence = fenceOf({ isHeld }, () => new Date(now));
  const sink = fence.guard(target);
  await sink.put(registered({ ...EUROPE, samples: [] }), signal);
  await sink.delete(EUROPE, signal, NO_SERIES);
  expect([asked, await fence.isSuperseded()]).toEqual([1, false]);
  now += 1_000;
  await expect(sink.put(registered({ ...AMERICA, samples: [] }), signal)).rejects.toThrow(
    'another run has taken over',
  );
  await expect(sink.delete(AMERICA, signal, NO_SERIES)).rejects.toThrow('another run has taken over');
  expect([asked, await fence.isSuperseded(), fence.failures()]).toEqual([2, true, []]);
  expect(calls).toEqual(['put Services_Cost_eu-west-1', 'delete Services_Cost_eu-west-1']);
});

test('pushes while the ledger cannot be reached, and deletes nothing', async () => {
  const isHeld = async () => Promise.reject(new Error('no answer'));
  const fence = fenceOf({ isHeld }, () => new Date(now));
  const sink = fence.guard(target);
  await sink.put(registered({ ...EUROPE, samples: [] }), signal);
  await expect(sink.delete(EUROPE, signal, NO_SERIES)).rejects.toThrow('no answer');
  expect([calls, await fence.isSuperseded()]).toEqual([['put Services_Cost_eu-west-1'], false]);
  expect(fence.failures()).toEqual([{ part: 'ledger', reason: 'other', message: 'no answer' }]);
});
