import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { groupId } from '../../../lambdas/metrics/group';
import type { RegisteredGroup } from '../../../lambdas/metrics/registered-group';
import { type HttpRequest, httpExchange } from '../../../lambdas/sinks/http-exchange';
import { REAL_TIME, type Timing } from '../../../lambdas/sinks/timing';
import { freePort } from '../../../lib/local/servers/free-port';
import { BAD_ENDPOINTS } from '../../support/bad-endpoints';
import { eventually } from '../../support/eventually';
import { startHttpServer } from '../../support/http-server';
import { stopAfterAll, stopAfterEach } from '../../support/stop';
import { calls, expectedLines, HTTP_SINKS, KEEPING_SINKS, SINKS, type SinkKind } from './contract';

const PATIENT = new AbortController().signal;
const CANARY = 'canary-7f3a';
const HOSTILE = '"\\\n=,{}#😀/';

/** Starts each store once. */
const running = new Map<SinkKind, ReturnType<SinkKind['start']>>();
function storeOf(kind: SinkKind): ReturnType<SinkKind['start']> {
  const store = running.get(kind) ?? stopAfterAll(kind.start());
  running.set(kind, store);
  return store;
}

/** Returns a group with metrics of all types; `users` are the subjects of some. */
function everyType(job: string, users: readonly string[]): RegisteredGroup {
  const registry = new Registry();
  const of = (name: string) => ({
    name,
    help: `Help ${HOSTILE}`,
    labelNames: ['user'],
    registers: [registry],
  });
  const cost = new Gauge(of('contract_cost_usd'));
  const runs = new Counter(of('contract_runs_total'));
  const wait = new Histogram({ ...of('contract_wait_seconds'), buckets: [0.5, 1, 10] });
  const size = new Summary({ ...of('contract_size_bytes'), percentiles: [0.5, 0.9] });
  users.forEach((user, i) => {
    cost.set({ user }, i - 0.1);
    runs.inc({ user }, i + 0.5);
    wait.observe({ user }, i + 0.7);
    size.observe({ user }, i * 3);
  });
  return { job, groupingKey: { account_id: '1', instance: `blue ${HOSTILE}` }, registry, size: users.length };
}

describe.each(SINKS.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  test('has the numbers of a group, of every type and with any label values', async () => {
    const { sink, read } = await storeOf(kind);
    const job = `same ${name}`;
    const group = everyType(job, ['ana', 'bob', HOSTILE]);
    await sink.put(group, calls()(group));
    expect(await read(job)).toEqual(await expectedLines(group));
  });

  test('loses a subject with the next put, and takes it back', async () => {
    const { sink, read } = await storeOf(kind);
    const job = `vanished ${name}`;
    const call = calls();
    for (const users of [['ana', 'bob'], ['bob', 'eve'], ['ana']]) {
      const group = everyType(job, users);
      await sink.put(group, call(group));
      expect(await read(job)).toEqual(await expectedLines(group));
    }
  });

  test('stores nothing by a check', async () => {
    const { sink, read } = await storeOf(kind);
    await sink.check(PATIENT);
    expect(await read('tollgate')).toEqual([]);
  });

  test('reports its groups, with and without an instance, or that it cannot', async () => {
    const { sink } = await storeOf(kind);
    const one = everyType(`stored ${name}`, ['ana']);
    const other = { ...one, groupingKey: { account_id: '2' } };
    const call = calls();
    for (const group of [one, other]) await sink.put(group, call(group));
    const stored = await sink.stored(PATIENT);
    if (stored) expect([...stored.keys()]).toEqual(expect.arrayContaining([groupId(one), groupId(other)]));
  });
});

describe.each(KEEPING_SINKS.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  test('deletes a group and no other, also twice', async () => {
    const { sink, read } = await storeOf(kind);
    const job = `deleted ${name}`;
    const one = everyType(job, ['ana', 'bob']);
    const other = { ...one, groupingKey: { account_id: '1' } };
    const call = calls();
    for (const group of [one, other]) await sink.put(group, call(group));
    for (let i = 0; i < 2; i += 1) {
      await sink.delete(one, call(one));
      await eventually(async () => expect(await read(job)).toEqual(await expectedLines(other)));
    }
    expect((await sink.stored(PATIENT))?.has(groupId(one)) ?? false).toBe(false);
  });
});

describe.each(HTTP_SINKS.map((kind) => [kind.name, kind] as const))('%s', (name, kind) => {
  /** Returns a sink whose requests go to a bad endpoint while there is one. */
  async function sinkWithFaults() {
    const { url, read } = await storeOf(kind);
    const state = { bad: undefined as string | undefined, requests: 0, badFrom: 1 };
    const real = httpExchange();
    const exchange = (request: HttpRequest) => {
      state.requests += 1;
      if (!state.bad || state.requests < state.badFrom) return real(request);
      return real({ ...request, url: `${state.bad}${new URL(request.url).pathname}` });
    };
    // Time passes twenty times as fast while the endpoint is bad.
    const timing: Timing = {
      ...REAL_TIME,
      random: () => 0,
      after: (ms) => REAL_TIME.after(state.bad ? ms / 20 : ms),
      sleep: (ms, signal) => REAL_TIME.sleep(ms / 20, signal),
    };
    const headers = { Authorization: `Bearer ${CANARY}` };
    const sink = kind.sinkAt(url, { exchange, headers, timing });
    return { sink, state, read, url };
  }

  const endpoints = [
    ...Object.entries(BAD_ENDPOINTS).map(([what, { listener, problem }]) => ({
      what,
      problem,
      start: async () => (await stopAfterEach(startHttpServer(listener))).url,
    })),
    {
      what: 'a closed port',
      problem: /no answer .*ECONNREFUSED/,
      start: async () => `http://127.0.0.1:${await freePort(0)}`,
    },
  ];

  test.each(endpoints)(
    'survives $what: named, without secrets, and the next put is complete',
    async (row) => {
      const { sink, state, read, url } = await sinkWithFaults();
      const job = `${row.what} ${name}`;
      const call = calls();
      const before = everyType(job, ['ana', 'bob']);
      await sink.put(before, call(before));
      const after = everyType(job, ['bob', 'eve', 'dan']);

      state.bad = await row.start();
      const failed: Error = await sink.put(after, call(after)).catch((error) => error);
      expect(failed.message).toMatch(row.problem);
      expect(failed.message.startsWith(`job ${job}: `)).toBe(true);
      expect(failed.message).toContain(url);
      expect(everythingIn(failed)).not.toContain(CANARY);
      expect(await read(job)).toEqual(await expectedLines(before));

      state.bad = undefined;
      await sink.check(PATIENT);
      await sink.put(after, call(after));
      expect(await read(job)).toEqual(await expectedLines(after));
    },
  );

  test('survives an endpoint that fails after the first request of a group', async () => {
    const { sink, state, read } = await sinkWithFaults();
    const job = `partial ${name}`;
    const call = calls();
    const before = everyType(job, ['ana', 'bob']);
    await sink.put(before, call(before));
    const after = everyType(job, ['bob', 'eve']);
    state.bad = (await stopAfterEach(startHttpServer((_, answer) => answer.writeHead(400).end()))).url;
    state.badFrom = state.requests + 2;
    // A protocol with one request for a group has then sent all of it.
    const [put] = await Promise.allSettled([sink.put(after, call(after))]);
    if (put?.status === 'rejected') expect(String(put.reason)).toContain(`job ${job}: `);
    else expect(await read(job)).toEqual(await expectedLines(after));
    state.bad = undefined;
    const last = everyType(job, ['dan']);
    await sink.put(last, call(last));
    expect(await read(job)).toEqual(await expectedLines(last));
  });
});

/** Returns an error with its causes, its stack and its members as a string. */
function everythingIn(error: unknown): string {
  const { stack = '', message = '', cause } = Object(error) as Partial<Error>;
  const causes = cause === undefined ? '' : everythingIn(cause);
  return [stack, message, JSON.stringify(error), causes].join('\n');
}
