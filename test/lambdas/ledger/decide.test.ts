import { type Decision, decide } from '../../../lambdas/ledger/decide';
import type { RunItem } from '../../../lambdas/ledger/run-item';

const NOON = '2026-03-15T12:00:00.000Z';
const DENIED = { part: 'users', reason: 'denied', message: 'not authorized' } as const;

test.each<[string, Partial<RunItem> | undefined, string, string]>([
  ['no earlier run', undefined, NOON, 'run'],
  ['the run of the day before', { scheduledTime: '2026-03-14T12:00:00.000Z' }, NOON, 'run'],
  ['a run of the same time that crashed', { outcome: 'running' }, NOON, 'run'],
  ['a run of the same time that failed', { outcome: 'failed' }, NOON, 'run'],
  ['a run of the same time that failed permanently', { outcome: 'permanent' }, NOON, 'permanent'],
  ['a complete run of the same time', { outcome: 'complete' }, NOON, 'complete'],
  ['a complete run of a later time', { outcome: 'complete' }, '2026-03-15T11:59:59.999Z', 'refused'],
  ['a failed run of a later time', { outcome: 'failed' }, '2026-03-15T11:59:59.999Z', 'refused'],
])('after %s, a run is answered as the table says', (_, previous, scheduledTime, kind) => {
  expect(decided(previous && item(previous), { scheduledTime }).kind).toBe(kind);
  expect(decided(previous && item(previous), { scheduledTime, replace: true })).toEqual({ kind: 'run' });
});

test('a refusal says which run came first, and what to do', () => {
  expect(decided(item({}), { scheduledTime: '2026-03-14T12:00:00.000Z' })).toEqual({
    kind: 'refused',
    problem:
      'the run of 2026-03-15T12:00:00.000Z came first, and this one of 2026-03-14T12:00:00.000Z would publish older numbers; add "replace": true to the event to run it anyway',
  });
});

test('a time of up to five minutes ahead of the clock is accepted, and a later one is refused', () => {
  expect(decided(undefined, { scheduledTime: '2026-03-15T12:05:00.000Z' }).kind).toBe('run');
  expect(decided(undefined, { scheduledTime: '2026-03-15T12:05:00.001Z' })).toEqual({
    kind: 'refused',
    problem:
      'expected a scheduledTime of at most five minutes after 2026-03-15T12:00:00.000Z, got 2026-03-15T12:05:00.001Z; add "replace": true to the event to run it anyway',
  });
});

test('a retry of a permanent failure gets its failures, and a duplicate of a complete run the accounts that it covered', () => {
  expect([
    decided(item({ outcome: 'permanent', failures: [DENIED] })),
    decided(item({ outcome: 'complete', covers: ['222233334444'] })),
  ]).toEqual([
    { kind: 'permanent', failures: [DENIED] },
    { kind: 'complete', covers: ['222233334444'] },
  ]);
});

function decided(
  previous: RunItem | undefined,
  { scheduledTime = NOON, replace = false }: { scheduledTime?: string; replace?: boolean } = {},
): Decision {
  return decide(previous, { scheduledTime: new Date(scheduledTime), now: new Date(NOON), replace });
}

function item(some: Partial<RunItem>): RunItem {
  return {
    scheduledTime: NOON,
    leaseUntil: '2026-03-15T12:10:00.000Z',
    outcome: 'complete',
    failures: [],
    covers: [],
    recordedSinks: ['store'],
    unavailableSince: {},
    ...some,
  };
}
