import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { seriesMemory } from '../../../../lambdas/ledger/series-memory';
import { group } from '../../../../lambdas/metrics/group';
import { type RegisteredGroup, registered } from '../../../../lambdas/metrics/registered-group';
import { sample } from '../../../../lambdas/metrics/sample';
import { httpExchange } from '../../../../lambdas/sinks/http-exchange';
import { remoteWriteSink } from '../../../../lambdas/sinks/remote-write/remote-write-sink';
import { query, startReceiver } from '../../../../lib/local/servers/prometheus';
import type { Server } from '../../../../lib/local/servers/server';
import { hostileText } from '../../../support/hostile-text';
import { memoryStore } from '../../../support/memory-store';
import { realPrograms } from '../../../support/real-servers';
import { callAt } from '../../../support/remote-write';

const CREATED = 'aws_iam_user_create_timestamp_seconds';

let prometheus: Server;
beforeAll(async () => {
  const { prometheus: program } = await realPrograms('prometheus');
  prometheus = await startReceiver(program);
});
afterAll(() => prometheus.stop());

test('numbers are read as they were sent, and vanished series are gone at once', async () => {
  const { put, read } = remote('vanished');
  await put(users('vanished', { ana: 1, bob: 2.5 }));
  expect(await read()).toEqual({ ana: 1, bob: 2.5 });
  await put(users('vanished', { bob: 3, eve: 4 }));
  expect(await read()).toEqual({ bob: 3, eve: 4 });
  await put(users('vanished', { ana: 5 }));
  expect(await read()).toEqual({ ana: 5 });
});

test('a deletion removes the group and nothing else', async () => {
  const kept = remote('kept');
  const { put, read, sink, call } = remote('deleted');
  await kept.put(users('kept', { ana: 1 }));
  await put(users('deleted', { ana: 1, bob: 2 }));
  await sink.delete(users('deleted', {}), call());
  expect([await read(), await kept.read()]).toEqual([{}, { ana: 1 }]);
});

test('a group of which a request was refused is repaired by the next put', async () => {
  const exchange = httpExchange();
  let refused: number | undefined;
  let count = 0;
  const { put, read } = remote('repaired', {
    limits: { series: 2, bytes: 1_000_000 },
    exchange: async (request) => {
      count += 1;
      return count === refused ? { status: 400, headers: {}, text: 'refused' } : exchange(request);
    },
  });
  await put(users('repaired', { ana: 1, bob: 2, eve: 3 }));
  [count, refused] = [0, 2];
  await expect(put(users('repaired', { bob: 20, dan: 40, eve: 30 }))).rejects.toThrow('got 400: refused');
  expect(await read()).toEqual({ ana: 1, bob: 20, dan: 40, eve: 3 });
  refused = undefined;
  await put(users('repaired', { bob: 20, dan: 40, eve: 30 }));
  expect(await read()).toEqual({ bob: 20, dan: 40, eve: 30 });
});

test('all types of metrics are read as they were sent', async () => {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({ name: 'own_gauge', help: 'h', registers }).set(-1.5);
  new Counter({ name: 'own_total', help: 'h', registers }).inc(2);
  const histogram = new Histogram({ name: 'own_seconds', help: 'h', registers, buckets: [1, 2, 4] });
  for (const value of [0.5, 1.5, 1.5, 3, 9]) histogram.observe(value);
  new Summary({ name: 'own_bytes', help: 'h', registers, percentiles: [0.5] }).observe(4);
  await remote('own').put({ job: 'own', groupingKey: {}, registry, size: 4 });
  const values = async (expression: string) =>
    (await query(prometheus, expression)).map(({ value }) => value);
  expect([
    await values('own_gauge'),
    await values('own_total'),
    await values('sort(own_seconds_bucket{le!="+Inf"})'),
    await values('own_seconds_bucket{le="+Inf"}'),
    await values('own_seconds_sum'),
    await values('own_seconds_count'),
    await values('histogram_quantile(0.6, own_seconds_bucket)'),
    await values('own_bytes{quantile="0.5"}'),
  ]).toEqual([[-1.5], [2], [1, 3, 4], [5], [15.5], [5], [2], [4]]);
});

test('hostile label values are read back exactly', async () => {
  const names = [...new Set(fc.sample(hostileText(), { numRuns: 300, seed: 1 }))].filter(
    (name) => name !== '',
  );
  const { put, read } = remote('hostile');
  await put(users('hostile', Object.fromEntries(names.map((name, index) => [name, index]))));
  expect(Object.keys(await read()).sort()).toEqual(names.sort());
});

test('a check is answered and stores nothing', async () => {
  const { sink } = remote('checked');
  await sink.check(new AbortController().signal);
  expect(await query(prometheus, '{job="checked"}')).toEqual([]);
});

test('an older sample and another value at the same time are refused with the reason', async () => {
  const { sink, memory } = remote('times');
  const now = Date.now();
  await sink.put(users('times', { ana: 1 }), callAt(now, memory));
  for (const [value, time] of [
    [2, now],
    [1, now - 60_000],
  ] as const)
    await expect(sink.put(users('times', { ana: value }), callAt(time, memory))).rejects.toThrow(
      /^job times: expected 200, 202 or 204 from the remote-write receiver at http.*, got 400: .*; the receiver has a later sample/,
    );
  await sink.put(users('times', { ana: 1 }), callAt(now, memory));
});

/** Returns a group with a user's number in each series. */
function users(job: string, numbers: Readonly<Record<string, number>>): RegisteredGroup {
  const samples = Object.entries(numbers).map(([user_name, value]) =>
    sample(CREATED, { account_id: '1', user_name }, value),
  );
  return registered({ ...group('IAM_User_Details', { account_id: '1' }, samples), job });
}

/** Returns a sink with the memory of one group, and a reader of the group's numbers by user. */
function remote(job: string, options: Partial<Parameters<typeof remoteWriteSink>[0]> = {}) {
  const store = memoryStore();
  const memory = seriesMemory(store, { account: '1', item: job });
  const sink = remoteWriteSink({ url: `${prometheus.url}/api/v1/write`, ...options });
  let last = 0;
  const call = () => {
    last = Math.max(Date.now(), last + 1); // A sample needs a time of its own.
    return callAt(last, memory);
  };
  return {
    sink,
    memory,
    call,
    put: (pushed: RegisteredGroup) => sink.put(pushed, call()),
    async read() {
      const results = await query(prometheus, `last_over_time(${CREATED}{job="${job}"}[4d]) > -Inf`);
      return Object.fromEntries(results.map(({ labels, value }) => [labels.user_name ?? '', value]));
    },
  };
}
