import { errorKind } from '../../lambdas/aws/error-kind';
import { requestMeter } from '../../lambdas/aws/request-meter';
import { hasLedger } from '../../lambdas/catalog/ledger';
import type { LedgerStore } from '../../lambdas/ledger/store';
import { type Deadlines, deadlinesOf } from '../../lambdas/run/deadlines';
import type { SuiteSink } from '../../lambdas/run/ports';
import type { RunReport } from '../../lambdas/run/run';
import { runAccount, type Suite, type SuiteAccount } from '../../lambdas/run/run-account';
import type { Sink } from '../../lambdas/sinks/sink';
import { runAccounts, suiteOf } from '../../lambdas/suite';
import type { Attempts } from './attempts';
import type { ServedCollector } from './collectors';
import type { Log } from './log';
import type { OwnAccount } from './own-account';
import type { RunOutcome, RuntimeMetrics } from './runtime-metrics';

/** The ports of every run. */
export interface RunPorts {
  readonly account: () => Promise<OwnAccount>;
  readonly attempts: Attempts;
  readonly ledger: LedgerStore;
  /** Returns the sink of a collector's run in one account. */
  readonly newSink: (collector: string) => Sink;
  readonly runtime: RuntimeMetrics;
  readonly log: Log;
  readonly now: () => Date;
  /** Ends reading and publishing of every run. */
  readonly cut: AbortSignal;
}

/** Attempts the run of a scheduled time in every account. Resolves with true if it was complete, and never rejects. */
export async function attemptRun(
  ports: RunPorts,
  collector: ServedCollector,
  scheduledTime: Date,
): Promise<boolean> {
  const { attempts, log, runtime } = ports;
  const { name } = collector;
  try {
    const home = await ports.account();
    await attempts.begin(name, scheduledTime); // Before anything is paid.
    const isComplete = await runEverywhere(ports, collector, { home, scheduledTime });
    if (isComplete) await attempts.complete(name, scheduledTime);
    return isComplete;
  } catch (error) {
    const { message } = error as Error;
    log({ level: 'error', collector: name, scheduledTime, problem: message });
    runtime.run(name, 'not_started');
    runtime.failure('collect', errorKind(error));
    return false;
  }
}

interface Occasion {
  readonly home: OwnAccount;
  readonly scheduledTime: Date;
}

async function runEverywhere(
  ports: RunPorts,
  collector: ServedCollector,
  occasion: Occasion,
): Promise<boolean> {
  const suite = servedSuite(ports, collector, occasion);
  const reports = await runAccounts(suite.accounts, (account) => runOne(ports, suite, account));
  return reports.every(({ failures }) => failures.length === 0);
}

function servedSuite(ports: RunPorts, collector: ServedCollector, { home, scheduledTime }: Occasion) {
  const { name, settings, collectorOf } = collector;
  const { ledger, now, cut } = ports;
  const limitMs = collector.timeoutSeconds * 1000;
  return suiteOf({
    name,
    home,
    settings,
    collectorOf,
    scheduledTime,
    sinks: [],
    ledger: hasLedger(name) ? () => ledger : undefined,
    leaseUntil: new Date(now().getTime() + limitMs),
    replace: false,
    deadlines: cutBy(cut, deadlinesOf(limitMs)),
    now,
  });
}

/** Returns deadlines with which reading and publishing also end at the signal. Health and ledger still record it. */
function cutBy(cut: AbortSignal, deadlines: Deadlines): Deadlines {
  const { read, push } = deadlines;
  return { ...deadlines, read: AbortSignal.any([read, cut]), push: AbortSignal.any([push, cut]) };
}

/** Runs in one account, with a sink of its own, and counts what happened. */
async function runOne(
  { newSink, runtime, log }: RunPorts,
  suite: Suite,
  account: SuiteAccount,
): Promise<RunReport> {
  const { name, scheduledTime } = suite;
  const meter = requestMeter(suite.maxRequests);
  const report = await runAccount({ ...suite, sinks: [inMemory(newSink(name))] }, account, meter);
  log({ collector: name, scheduledTime, ...report });
  runtime.run(name, outcomeOf(report));
  runtime.awsRequests(meter.counts());
  for (const { part, reason } of report.failures) runtime.failure(part, reason);
  return report;
}

/** Returns the sink as runs treat it: a snapshot of an earlier process may have groups that the ledger lacks. */
function inMemory(sink: Sink): SuiteSink {
  return { sink, isRetired: false, keepsGroups: true, mayHoldMore: true };
}

function outcomeOf({ failures, skipped }: RunReport): RunOutcome {
  if (failures.length > 0) return 'incomplete';
  return skipped === undefined ? 'complete' : 'skipped';
}
