import type { Findings } from '../collector';
import { attempt, describeFailures, type Failure, failure, isPermanent } from '../failure';
import { BLIND, type RunResult, type Taken, type Turn, takeRun } from '../ledger/take-run';
import { type Group, inDeployment } from '../metrics/group';
import { registered } from '../metrics/registered-group';
import { NO_SERIES } from '../sinks/sink';
import { fenced } from './fence';
import { type Ended, healthGroup, seriesIn, successGroup } from './health';
import { missedData, missedKey } from './missed-data';
import type { Publishing, Run } from './ports';
import { type Published, publish } from './publish';
import { runSink } from './run-sink';

/** The result of a run, for the log. */
export interface RunReport {
  readonly accountId: string;
  /** Other accounts whose groups this run published. */
  readonly covers: readonly string[];
  readonly groupsPushed: number;
  readonly seriesPushed: number;
  readonly failures: readonly Failure[];
  /** The reason why the run did not query, or why it stopped. @default none: the run went to its end */
  readonly skipped?: 'complete' | 'permanent' | 'refused' | 'superseded';
}

/**
 * Takes the run's turn in the ledger, collects and publishes. A run that was complete is not repeated, a failure that no
 * retry can fix is reported again without a query, and an older run is refused.
 */
export async function run(run: Run): Promise<RunReport> {
  const { value: taken = BLIND, failures } = await attempt('ledger', () => take(run));
  return taken.kind === 'run' ? perform(run, taken.turn, failures) : skip(run, taken);
}

/** @throws IncompleteRunError if anything failed, so that Lambda retries, queues the event and raises the alarm. */
export function demandComplete(name: string, reports: readonly RunReport[]): void {
  const described = reports.flatMap(({ accountId, failures, skipped }, index) => {
    if (failures.length === 0) return [];
    const problem = `${describeFailures(failures)}${skipped === 'permanent' ? AGAIN : ''}`;
    return index === 0 ? problem : `account ${accountId}: ${problem}`;
  });
  if (described.length > 0) throw new IncompleteRunError(`${name}: incomplete run: ${described.join('; ')}`);
}

const AGAIN =
  ' (the failures of the first attempt, which no retry can fix: nothing was queried; when they are fixed, add "replace": true to the event)';

async function take({ ledger, name, accountId, ...claim }: Run): Promise<Taken> {
  if (!ledger) return BLIND;
  return takeRun(ledger, { ...claim, collector: name, accountId, now: claim.now() });
}

/** Publishes nothing, because the health at the gateway is that of a run which did. */
function skip({ accountId }: Run, taken: Exclude<Taken, { kind: 'run' }>): RunReport {
  const nothing = { accountId, covers: [], groupsPushed: 0, seriesPushed: 0, failures: [] };
  if (taken.kind === 'complete') return { ...nothing, skipped: 'complete', covers: taken.covers };
  if (taken.kind === 'permanent') return { ...nothing, skipped: 'permanent', failures: taken.failures };
  const refusal = { part: 'ledger', reason: 'other', message: taken.problem } as const;
  return { ...nothing, skipped: 'refused', failures: [refusal] };
}

async function perform(run: Run, turn: Turn, unreachable: readonly Failure[]): Promise<RunReport> {
  const startedAt = run.now();
  const found = await collectOrFail(run);
  const { sink, ...fence } = fenced(
    runSink(run.sink, { time: run.now(), seriesOf: () => NO_SERIES }),
    turn,
    run.now,
  );
  const unreachableSoFar = () => [...unreachable, ...fence.failures()];
  const result = await publish({ ...run, sink }, turn, { found, unreachable: unreachableSoFar });
  const isSuperseded = await fence.isSuperseded();
  const published = { ...result, failures: [...new Set([...result.failures, ...fence.failures()])] };
  const report = reportOf(run, found, published);
  if (isSuperseded) return { ...report, failures: [], skipped: 'superseded' };
  const missed = missedData(found.unavailable ?? [], { ...run, ...turn });
  const unhealthy = await pushHealth({ ...run, sink }, { startedAt, found, missed, ...published });
  const failures = [...published.failures, ...unhealthy];
  const ended = await attempt('ledger', () => turn.end(resultOf(run, turn, { found, missed, failures })));
  return { ...report, failures: [...failures, ...ended.failures] };
}

async function collectOrFail({ name, collect, ...run }: Run): Promise<Findings> {
  const { failures } = await checkGateway(run);
  if (failures.length > 0) return { groups: [], failures };
  try {
    return await collect(run);
  } catch (error) {
    return { groups: [], failures: [failure('collect', error, name)] };
  }
}

/** Asks the gateway before Cost Explorer is paid for numbers that could not be pushed. */
async function checkGateway({ pays, sink, deadlines }: Pick<Run, 'pays' | 'sink' | 'deadlines'>) {
  return pays ? attempt('push', () => sink.check(deadlines.read)) : { failures: [] };
}

function reportOf({ accountId }: Run, { covers = [] }: Findings, { pushed, failures }: Published): RunReport {
  return { accountId, covers, groupsPushed: pushed.length, seriesPushed: seriesIn(pushed), failures };
}

async function pushHealth(run: Publishing, ended: Ended): Promise<readonly Failure[]> {
  const health = await pushHealthGroup(run, healthGroup(run, ended));
  const failed = ended.failures.length + health.failures.length > 0;
  return failed ? health.failures : (await pushHealthGroup(run, successGroup(run, ended.found))).failures;
}

function pushHealthGroup(run: Publishing, group: Group) {
  return attempt(
    'health',
    () => run.sink.put(registered(inDeployment(run, group)), run.deadlines.health),
    group.job,
  );
}

type Ending = Pick<Ended, 'found' | 'missed' | 'failures'>;

function resultOf({ suiteAccounts }: Run, turn: Turn, { found, missed, failures }: Ending): RunResult {
  const isComplete = failures.length === 0;
  const isFinal = isPermanent(failures);
  const isRecorded = turn.groupsRecorded && failures.every(({ part }) => part !== 'ledger');
  const since = Object.fromEntries(missed.map((data) => [missedKey(data), data.since.toISOString()]));
  return {
    outcome: isComplete ? 'complete' : isFinal ? 'permanent' : 'failed',
    failures: isFinal ? failures : [],
    covers: (found.covers ?? []).filter((id) => suiteAccounts.includes(id)),
    groupsRecorded: isComplete || isRecorded,
    // A run that failed may not have asked for the data.
    unavailableSince: isComplete ? since : { ...turn.unavailableSince, ...since },
  };
}

/** Thrown by the handler after a run that was incomplete. */
class IncompleteRunError extends Error {
  override readonly name = 'IncompleteRunError';
}
