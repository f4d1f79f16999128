import { Counter, Gauge, Registry } from 'prom-client';
import { groupId } from '../../lambdas/metrics/group';
import { type RegisteredGroup, registered } from '../../lambdas/metrics/registered-group';
import { heldGroups } from '../../lib/serve/held-groups';
import { knownFamilies } from '../../lib/serve/known-families';
import { memorySink } from '../../lib/serve/memory-sink';
import { callOf } from '../support/sink-call';
import { health } from './served';

const NEVER = new AbortController().signal;
const CALL = callOf(NEVER);
const HEALTH = registered(health('roles'));

function sinkWith() {
  const held = heldGroups([]);
  const saved: string[][] = [];
  const jobs = () => [...held.current().values()].map(({ job }) => job);
  const save = async () => void saved.push(jobs());
  const known = knownFamilies(['process_cpu_seconds_total']);
  return { held, saved, jobs, newRun: () => memorySink({ collector: 'test', held, known, save }) };
}

/** Returns a group with one metric. */
function groupOf(
  job: string,
  metric = `${job}_metric`,
  type: 'gauge' | 'counter' = 'gauge',
): RegisteredGroup {
  const registry = new Registry();
  const options = { name: metric, help: 'A test.', registers: [registry] };
  if (type === 'gauge') new Gauge(options).set(1);
  else new Counter(options).inc();
  return { job, groupingKey: {}, registry, size: 1 };
}

test('groups of a run appear together with its health, and are saved', async () => {
  const { jobs, saved, newRun } = sinkWith();
  const sink = newRun();
  await sink.put(groupOf('a'), CALL);
  await sink.put(groupOf('b'), CALL);
  expect([jobs(), saved]).toEqual([[], []]);
  await sink.put(HEALTH, CALL);
  expect(jobs()).toEqual(['a', 'b', 'tollgate']);
  expect(saved).toEqual([['a', 'b', 'tollgate']]);
});

test('groups of a run without health, which another run has replaced, never appear', async () => {
  const { jobs, newRun } = sinkWith();
  await newRun().put(groupOf('a'), CALL);
  const next = newRun();
  await next.put(groupOf('b'), CALL);
  await next.put(HEALTH, CALL);
  expect(jobs()).toEqual(['b', 'tollgate']);
});

test('a snapshot that a scrape has read does not change', async () => {
  const { held, newRun } = sinkWith();
  const before = held.current();
  await newRun().put(HEALTH, CALL);
  expect([before.size, held.current().size]).toEqual([0, 1]);
});

test('groups are deleted together with the run’s health', async () => {
  const { jobs, newRun } = sinkWith();
  const first = newRun();
  await first.put(groupOf('a'), CALL);
  await first.put(HEALTH, CALL);
  const second = newRun();
  await second.delete({ job: 'a', groupingKey: {} }, CALL);
  expect(jobs()).toEqual(['a', 'tollgate']);
  await second.put(HEALTH, CALL);
  expect(jobs()).toEqual(['tollgate']);
});

test('the stored groups are those that the run would leave', async () => {
  const { newRun } = sinkWith();
  const first = newRun();
  await first.put(groupOf('a'), CALL);
  await first.put(HEALTH, CALL);
  const second = newRun();
  await second.put(groupOf('b'), CALL);
  await second.delete({ job: 'a', groupingKey: {} }, CALL);
  const stored = await second.stored(NEVER);
  expect([...(stored?.keys() ?? [])].sort()).toEqual(
    [groupOf('b'), HEALTH].map((group) => groupId(group)).sort(),
  );
});

test('a call rejects when it is aborted', async () => {
  const sink = sinkWith().newRun();
  const aborted = callOf(AbortSignal.abort(new Error('over')));
  await expect(sink.put(HEALTH, aborted)).rejects.toThrow('over');
  await expect(sink.delete(HEALTH, aborted)).rejects.toThrow('over');
});

test('a group that cannot be served beside the others is refused, and the others are served', async () => {
  const { jobs, newRun } = sinkWith();
  const sink = newRun();
  await sink.put(groupOf('a', 'own_metric'), CALL);
  await expect(sink.put(groupOf('b', 'own_metric', 'counter'), CALL)).rejects.toThrow(
    'metric own_metric: expected one type, got gauge',
  );
  await expect(sink.put(groupOf('c', 'process_cpu_seconds_total', 'counter'), CALL)).rejects.toThrow(
    'metric process_cpu_seconds_total: expected a name that the exporter does not use for its own process',
  );
  await sink.put(groupOf('d', 'own_metric'), CALL);
  await sink.put(HEALTH, CALL);
  expect(jobs()).toEqual(['a', 'd', 'tollgate']);
});
