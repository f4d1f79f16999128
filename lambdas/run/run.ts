import { notBundled } from '../bundled';
import type { Findings } from '../collector';
import { attempt, describeFailures, type Failure, failure } from '../failure';
import { BLIND, type Taken, type Turn, takeRun } from '../ledger/take-run';
import { groupId } from '../metrics/group';
import type { AnyGroup } from '../metrics/registered-group';
import { checkSinks } from './check-sinks';
import { fenceOf } from './fence';
import { seriesIn } from './health';
import { missedData } from './missed-data';
import type { Run } from './ports';
import { type Published, publish } from './publish';
import { pushHealth } from './push-health';
import { resultOf } from './result';
import { type Target, targetOf } from './target';

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
  return globalThis.WITHOUT_LEDGER
    ? notBundled('the ledger')
    : takeRun(ledger, { ...claim, collector: name, accountId, now: claim.now() });
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
  const { found, silent } = await collectOrFail(run);
  const time = run.now();
  const fence = fenceOf(turn, run.now);
  const targets = run.sinks.map((one) => fence.guard(targetOf(run, one, { turn, time })));
  const unreachableSoFar = () => [...unreachable, ...fence.failures()];
  const published = await publish(run, targets, { found, silent, unreachable: unreachableSoFar });
  const isSuperseded = await fence.isSuperseded();
  const failures = [...unreachableSoFar(), ...found.failures, ...published.flatMap((one) => one.failures)];
  const pushed = mostPushed(published);
  const report = reportOf(run, found, { pushed, failures });
  if (isSuperseded) return { ...report, failures: [], skipped: 'superseded' };
  const missed = missedData(found.unavailable ?? [], { ...run, ...turn });
  const left = groupsLeft(targets, turn, published);
  const ended = { startedAt, found, missed, left, published, pushed, failures };
  const unhealthy = await pushHealth(run, targets, ended);
  const all = [...failures, ...unhealthy];
  const result = resultOf(run, turn, { targets, found, missed, left, failures: all });
  const recorded = await attempt('ledger', () => turn.end(result));
  return { ...report, failures: [...all, ...recorded.failures] };
}

interface Collected {
  readonly found: Findings;
  /** Ids of the sinks that gave no answer, if others did. */
  readonly silent: ReadonlySet<string>;
}

/** Collects unless no sink gives an answer. */
async function collectOrFail({ name, collect, ...run }: Run): Promise<Collected> {
  const { failures, silent, isAnyThere } = await checkSinks(run);
  if (!isAnyThere) return { found: { groups: [], failures }, silent: new Set() };
  try {
    const found = await collect(run);
    demandDistinctGroups(found);
    return { found, silent };
  } catch (error) {
    return { found: { groups: [], failures: [failure('collect', error, name)] }, silent };
  }
}

/** @throws Error for two groups of one name, of which a sink would keep only the last. */
function demandDistinctGroups({ groups, registered = [] }: Findings): void {
  const seen = new Set<string>();
  for (const group of [...groups, ...registered]) {
    const id = groupId(group);
    if (seen.has(id)) throw new Error(`expected one group of each name, got two of ${id}`);
    seen.add(id);
  }
}

/** Returns the groups that the sink pushed which accepted most. All sinks are offered the same. */
function mostPushed(published: readonly Published[]): readonly AnyGroup[] {
  return published.reduce<readonly AnyGroup[]>(
    (most, { pushed }) => (pushed.length > most.length ? pushed : most),
    [],
  );
}

/** Returns the number of groups that the ledger has at each sink that the run did not publish to. */
function groupsLeft(
  targets: readonly Target[],
  { owned }: Turn,
  published: readonly Published[],
): ReadonlyMap<string, number> {
  const current = new Set(targets.filter(({ isRetired }) => !isRetired).map(({ id }) => id));
  const emptied = new Set(published.filter(({ failures }) => failures.length === 0).map(({ sink }) => sink));
  const left = new Map<string, number>();
  for (const { sink } of owned)
    if (!current.has(sink) && !emptied.has(sink)) left.set(sink, (left.get(sink) ?? 0) + 1);
  return left;
}

function reportOf(
  { accountId }: Run,
  { covers = [] }: Findings,
  { pushed, failures }: Pick<RunReport, 'failures'> & { readonly pushed: readonly AnyGroup[] },
): RunReport {
  return { accountId, covers, groupsPushed: pushed.length, seriesPushed: seriesIn(pushed), failures };
}

/** Thrown by the handler after a run that was incomplete. */
class IncompleteRunError extends Error {
  override readonly name = 'IncompleteRunError';
}
