import fc from 'fast-check';
import { requestMeter } from '../../../lambdas/aws/request-meter';
import type { Findings } from '../../../lambdas/collector';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import { type Group, group } from '../../../lambdas/metrics/group';
import { tollgateProfile } from '../../../lambdas/metrics/profile';
import { sample } from '../../../lambdas/metrics/sample';
import type { SuiteSink } from '../../../lambdas/run/ports';
import { run } from '../../../lambdas/run/run';
import type { HttpExchange } from '../../../lambdas/sinks/http-exchange';
import { remoteWriteSink } from '../../../lambdas/sinks/remote-write/remote-write-sink';
import type { Sink } from '../../../lambdas/sinks/sink';
import { type FakeStore, fakeStore } from '../../support/fake-store';
import { memoryStore } from '../../support/memory-store';
import { type Receiver, receiver } from '../../support/receiver';
import { gatewaySink } from '../../support/suite-sink';

const ACCOUNT = '111122223333';
const RECEIVER = 'https://receiver/api/v1/push';
const GATEWAY = 'https://gateway';

/** A run, and what goes wrong in it. */
interface Step {
  /** Each Region's cost by service. */
  readonly costs: Readonly<Record<string, readonly string[]>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly deployment: string | undefined;
  readonly sinks: { readonly gateway: SinkState; readonly receiver: SinkState };
  readonly trouble: Trouble | undefined;
}

type SinkState = 'active' | 'absent' | 'retired';

/** The requests to the ledger and to the sinks that fail, counted from the start of the run. */
interface Trouble {
  readonly at: number;
  /** True if the request took effect, although its answer is lost. */
  readonly isDone: boolean;
  /** True if no later request is sent, because the process ended. */
  readonly isCrash: boolean;
}

const SERVICES = ['Amazon S3', 'AWS Lambda', 'Amazon EC2'];

const state = fc.constantFrom<SinkState>('active', 'active', 'absent', 'retired');
const step: fc.Arbitrary<Step> = fc.record({
  costs: fc.dictionary(
    fc.constantFrom('eu-west-1', 'us-east-1', 'xx-new-1'),
    fc.uniqueArray(fc.constantFrom(...SERVICES), { minLength: 1 }),
  ),
  labels: fc.constantFrom<Step['labels']>({}, { instance: 'blue' }),
  deployment: fc.constantFrom(undefined, 'east'),
  sinks: fc.record({ gateway: state, receiver: state }),
  trouble: fc.option(
    fc.record({ at: fc.integer({ min: 1, max: 40 }), isDone: fc.boolean(), isCrash: fc.boolean() }),
    {
      nil: undefined,
    },
  ),
});

test('after any failures and crashes, one complete run leaves exactly its own series at every sink', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), step, async (steps, last) => {
      const scene = newScene();
      for (const one of steps) await scene.run(one);
      const both = { gateway: 'active', receiver: 'active' } as const;
      const report = await scene.run({ ...last, sinks: both, trouble: undefined });
      expect(report?.failures).toEqual([]);
      const fresh = newScene();
      await fresh.run({ ...last, sinks: both, trouble: undefined });
      expect(scene.receiver.visible(ofCosts)).toEqual(fresh.receiver.visible(ofCosts));
      expect(Object.keys(scene.receiver.visible(ofHealth))).toEqual(
        Object.keys(fresh.receiver.visible(ofHealth)),
      );
      expect(scene.gateway.names()).toEqual(fresh.gateway.names());
    }),
    { numRuns: 60 },
  );
});

test('a group that the ledger does not record is not written to a receiver, because no later run could end it', async () => {
  const { ledger, receiver, run } = newScene();
  const change: LedgerStore['change'] = async (account, changes) => {
    if (!account.startsWith('series/')) throw new Error('throttled');
    return ledger.change(account, changes);
  };
  await run({ ...PLAIN, costs: { 'eu-west-1': ['Amazon S3'] } }, { ...ledger, change });
  expect(receiver.visible(() => true)).toEqual({});
  expect((await run({ ...PLAIN, costs: { 'us-east-1': ['Amazon S3'] } }))?.failures).toEqual([]);
  expect(Object.keys(receiver.visible(ofCosts))).toEqual([expect.stringContaining('us-east-1')]);
});

const PLAIN: Omit<Step, 'costs'> = {
  labels: {},
  deployment: undefined,
  sinks: { gateway: 'active', receiver: 'active' },
  trouble: undefined,
};

const ofCosts = (name: string) => name.startsWith('aws_');
const ofHealth = (name: string) => name.startsWith('tollgate_');

function newScene() {
  const gateway = fakeStore(GATEWAY);
  const receiving = receiver();
  const ledger = memoryStore();
  let runs = 0;
  return {
    gateway,
    receiver: receiving,
    ledger,
    run: async (step: Step, store: LedgerStore = ledger) => {
      runs += 1;
      return runOf(step, { at: runs, gateway, receiving, ledger: store });
    },
  };
}

interface Scene {
  /** The number of the run. */
  readonly at: number;
  readonly gateway: FakeStore;
  readonly receiving: Receiver;
  readonly ledger: LedgerStore;
}

async function runOf(step: Step, { at, gateway, receiving, ledger }: Scene) {
  const troubled = troubledBy(step.trouble);
  const now = new Date(Date.parse('2026-03-15T06:00:00Z') + at * 60_000);
  const signal = new AbortController().signal;
  const sinks = [
    suiteSink(
      troubledSink({ ...gateway.sink, groupingLabels: step.labels }, troubled),
      step.sinks.gateway,
      true,
    ),
    suiteSink(writing(receiving, troubled, step.labels), step.sinks.receiver, false),
  ].flat();
  if (!sinks.some(({ isRetired }) => !isRetired)) return undefined;
  return run({
    name: 'services',
    accountId: ACCOUNT,
    isMember: false,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [ACCOUNT],
    scheduledTime: new Date(now.getTime() - 60_000),
    collect: async () => found(step.costs),
    sinks,
    meter: requestMeter(30),
    ledger: troubledLedger(ledger, troubled),
    leaseUntil: now,
    replace: false,
    pays: true,
    ...(step.deployment && { deployment: step.deployment }),
    deadlines: { read: signal, push: signal, health: signal, ledger: signal },
    now: () => now,
  });
}

/** Sends a request, unless it fails. */
type Send = <T>(request: () => Promise<T>, mayFail?: boolean) => Promise<T>;

function troubledBy(trouble: Trouble | undefined): Send {
  let sent = -1;
  return async (request, mayFail = true) => {
    if (!mayFail && !trouble?.isCrash) return request();
    sent += 1;
    if (!trouble || sent < trouble.at || (sent > trouble.at && !trouble.isCrash)) return request();
    if (sent === trouble.at && trouble.isDone) await request();
    throw new Error('no answer');
  };
}

function troubledSink(sink: Sink, send: Send): Sink {
  return {
    ...sink,
    check: (signal) => send(() => sink.check(signal)),
    put: (group, call) => send(() => sink.put(group, call)),
    delete: (group, call) => send(() => sink.delete(group, call)),
    stored: (signal) => send(() => sink.stored(signal)).catch(() => undefined),
  };
}

/**
 * Lists fail only in a crash, because a run that knows no earlier series writes new ones that no later run can end. So do
 * records of groups: without them, a run publishes to a gateway as usual.
 */
function troubledLedger(ledger: LedgerStore, send: Send): LedgerStore {
  return {
    list: (account) => send(() => ledger.list(account), false),
    get: (account, item) => send(() => ledger.get(account, item)),
    put: (item, expected) => send(() => ledger.put(item, expected)),
    change: (account, change) => send(() => ledger.change(account, change), account.startsWith('series/')),
  };
}

/** Returns the real sink. Each series is a request of its own, so that a group can fail in the middle. */
function writing(receiving: Receiver, send: Send, groupingLabels: Step['labels']): Sink {
  const exchange: HttpExchange = (request) => send(() => receiving.exchange(request));
  return remoteWriteSink({
    url: RECEIVER,
    groupingLabels,
    exchange,
    limits: { series: 1, bytes: 1_000 },
    timing: ONCE,
  });
}

/** Retries nothing: each pause ends after the end of all attempts. */
const ONCE = {
  now: () => 0,
  sleep: () => Promise.reject(new Error('no retry')),
  after: () => new AbortController().signal,
  random: () => 0,
};

function suiteSink(sink: Sink, state: SinkState, mayHoldMore: boolean): SuiteSink[] {
  return state === 'absent' ? [] : [{ ...gatewaySink(sink), isRetired: state === 'retired', mayHoldMore }];
}

function found(costs: Step['costs']): Findings {
  return {
    groups: Object.entries(costs).map(([region, services]) => servicesGroup(region, services)),
    failures: [],
  };
}

function servicesGroup(region: string, services: readonly string[]): Group {
  const labels = { account_id: ACCOUNT, region };
  return group(
    'Services_Cost',
    labels,
    services.map((service) =>
      sample('aws_service_billed_cost_usd', { ...labels, service }, 60 / services.length),
    ),
  );
}
