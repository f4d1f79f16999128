import { type Group, type GroupName, group, groupId } from '../../../lambdas/metrics/group';
import { sample } from '../../../lambdas/metrics/sample';
import { afterPushes, pushGroups } from '../../../lambdas/run/push-groups';
import type { Target } from '../../../lambdas/run/target';
import { PushError } from '../../../lambdas/sinks/push-error';
import type { StoredGroups } from '../../../lambdas/sinks/sink';
import { targetTo } from '../../support/target';

/** No deadline of a run. */
const PATIENT = new AbortController().signal;

const [A, B, C] = ['a', 'b', 'c'].map((region) => cost(region)) as [Group, Group, Group];

describe('pushing groups', () => {
  test('a group that fails does not stop the others, and only a refusal may have left a ghost', async () => {
    const { sink } = store({
      put: async (pushed) => {
        if (pushed.job === A.job) throw new PushError(A, 'expected 200 or 202, got 400: no', 400);
        if (pushed.job === B.job) throw new PushError(B, 'no answer');
      },
    });
    expect(await pushGroups(sink, [A, B, C], PATIENT, () => 0)).toEqual({
      pushed: [C],
      rejected: [A],
      durations: [0, 0, 0],
      failures: [
        { part: 'push', subject: A.job, reason: 'gateway', message: 'expected 200 or 202, got 400: no' },
        { part: 'push', subject: B.job, reason: 'gateway', message: 'no answer' },
      ],
    });
  });

  test.each([
    [20, 100, 8],
    [20, 4_000, 2],
    [3, 30_000, 1],
  ])('of %i groups with %i series each, %i are pushed at once', async (count, series, atOnce) => {
    let running = 0;
    let most = 0;
    const { sink } = store({
      put: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      },
    });
    const labels = { account_id: '111122223333', region: 'a' };
    const users = Array.from({ length: series }, (_, i) =>
      sample('aws_user_billed_cost_usd', { ...labels, user_name: `${i}` }, 1),
    );
    const large = group('IAM_User_Total_Services_Cost_List', labels, users);
    const { pushed } = await pushGroups(
      sink,
      Array.from({ length: count }, () => large),
      PATIENT,
    );
    expect([pushed.length, most]).toEqual([count, atOnce]);
  });
});

describe('after the pushes', () => {
  test('groups that the store has lost are pushed again', async () => {
    const { sink, calls } = store({ stored: [listed([A, 7])] });
    const after = await afterPushes(sink, { pushed: [A, B, C], rejected: [] }, PATIENT);
    expect(after).toEqual({ stored: listed([A, 7]), failures: [] });
    expect(calls).toEqual(['read', `put ${B.job}`, `put ${C.job}`]);
  });

  test('a lost group that cannot be pushed again is a failure', async () => {
    const { sink } = store({
      stored: [listed()],
      put: () => Promise.reject(new PushError(A, 'no answer')),
    });
    const { failures } = await afterPushes(sink, { pushed: [A], rejected: [] }, PATIENT);
    expect(failures).toEqual([{ part: 'push', subject: A.job, reason: 'gateway', message: 'no answer' }]);
  });

  test('the store is read once for any number of groups', async () => {
    const { sink, calls } = store({ stored: [listed([A, 1], [B, 1], [C, 1])] });
    await afterPushes(sink, { pushed: [A], rejected: [B, C] }, PATIENT);
    expect(calls).toEqual(['read']);
  });

  test('ghosts of rejected groups are deleted; older groups and other ghosts stay', async () => {
    const { sink, calls } = store({ stored: [listed([A, 0], [B, 1.7e9], [C, 0])] });
    const after = await afterPushes(sink, { pushed: [], rejected: [A, B] }, PATIENT);
    expect(calls).toEqual(['read', `delete ${A.job}`]);
    expect(after.failures).toEqual([]);
  });

  test('a ghost that cannot be deleted is no failure, because its rejection is reported', async () => {
    const { sink } = store({
      stored: [listed([A, 0])],
      delete: () => Promise.reject(new PushError(A, 'no answer')),
    });
    expect((await afterPushes(sink, { pushed: [], rejected: [A] }, PATIENT)).failures).toEqual([]);
  });

  test.each<[string, StoredGroups[], string[]]>([
    ['the rejection is recorded at once', [listed([A, 0])], ['read', `delete ${A.job}`]],
    [
      'it is recorded later',
      [listed(), listed(), listed([A, 0])],
      ['read', 'read', 'read', `delete ${A.job}`],
    ],
    ['it is never recorded', [listed(), listed(), listed(), listed()], ['read', 'read', 'read']],
  ])('when %s, the store is read again at most twice', async (_, stored, expected) => {
    const { sink, calls } = store({ stored });
    const pauses: number[] = [];
    await afterPushes(sink, { pushed: [], rejected: [A] }, PATIENT, {
      sleep: async (ms) => pauses.push(ms),
    });
    expect(calls).toEqual(expected);
    expect(pauses).toEqual(calls.slice(1).flatMap((call) => (call === 'read' ? [100] : [])));
  });

  test('a deadline that passes between two readings is no error', async () => {
    const { sink } = store({ stored: [listed(), undefined] });
    const sleep = () => Promise.reject(new Error('aborted'));
    const after = await afterPushes(sink, { pushed: [], rejected: [A] }, PATIENT, { sleep });
    expect(after).toEqual({ stored: undefined, failures: [] });
  });

  test('a store that cannot be read is left as it is', async () => {
    const { sink, calls } = store({ stored: [undefined] });
    const after = await afterPushes(sink, { pushed: [A], rejected: [B] }, PATIENT);
    expect(after).toEqual({ stored: undefined, failures: [] });
    expect(calls).toEqual(['read']);
  });
});

interface StoreOptions extends Partial<Pick<Target, 'put' | 'delete'>> {
  /** Results of reading, one after the other. */
  readonly stored?: readonly (StoredGroups | undefined)[];
}

function store({ stored = [], put = async () => {}, delete: remove = async () => {} }: StoreOptions) {
  const calls: string[] = [];
  const left = [...stored];
  const sink = targetTo({
    put(pushed, signal) {
      calls.push(`put ${pushed.job}`);
      return put(pushed, signal);
    },
    delete(name, ...call) {
      calls.push(`delete ${name.job}`);
      return remove(name, ...call);
    },
    async stored() {
      calls.push('read');
      return left.shift();
    },
  });
  return { sink, calls };
}

function listed(...times: readonly [GroupName, number][]): StoredGroups {
  return new Map(times.map(([name, time]) => [groupId(name), time]));
}

function cost(region: string): Group {
  const labels = { account_id: '1', region };
  return group('IAM_User_Total_Services_Cost_List', labels, [
    sample('aws_user_billed_cost_usd', { ...labels, user_name: 'alice' }, 1),
  ]);
}
