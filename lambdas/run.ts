import type { RequestMeter } from './aws/request-meter';
import { COLLECTORS, type CollectorName } from './catalog/collectors';
import type { Part } from './catalog/label-values';
import type { Collector, Findings, RunInput } from './collector';
import type { Deadlines } from './deadlines';
import { describeFailures, type Failure, failure } from './failure';
import { healthGroup, healthGroups, successGroup } from './health';
import { inBatches } from './in-batches';
import { type Group, type GroupName, groupId } from './metrics/group';
import type { Profile } from './metrics/profile';
import type { Sink } from './sinks/sink';

export interface Run extends RunInput {
  readonly name: CollectorName;
  readonly collect: Collector;
  readonly sink: Sink;
  readonly meter: RequestMeter;
  readonly profile: Profile;
  /** Whether the account is another than the function's own. */
  readonly isMember: boolean;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/** What a run did, for the log. */
export interface RunReport {
  readonly accountId: string;
  /** Other accounts that this run answered for. */
  readonly covers: readonly string[];
  readonly groupsPushed: number;
  readonly seriesPushed: number;
  readonly failures: readonly Failure[];
}

/**
 * Collects, pushes one group after another, removes groups without a subject after a whole run, and pushes the run's
 * health last. A part that fails keeps its old groups and does not stop the others.
 */
export async function run(run: Run): Promise<RunReport> {
  const startedAt = run.now();
  const found = await collectOrFail(run);
  const failures = [...found.failures];
  const groups = run.profile.groups(found.groups, { ...run, complete: failures.length === 0 });
  const pushed = await pushAll(run, groups, failures);
  if (failures.length === 0 && !found.answeredElsewhere)
    await deleteVanished(run, { groups, found, failures });
  await pushHealth(run, { startedAt, found, failures });
  return {
    accountId: run.accountId,
    covers: found.covers ?? [],
    groupsPushed: pushed.length,
    seriesPushed: pushed.reduce((sum, { samples }) => sum + samples.length, 0),
    failures,
  };
}

/** @throws IncompleteRunError when anything failed: retries, queue and alarms are Lambda's work. */
export function demandComplete(name: CollectorName, reports: readonly RunReport[]): void {
  const incomplete = reports.filter(({ failures }) => failures.length > 0);
  if (incomplete.length === 0) return;
  const [report] = reports;
  const said = incomplete.map(({ accountId, failures }) =>
    accountId === report?.accountId
      ? describeFailures(failures)
      : `account ${accountId}: ${describeFailures(failures)}`,
  );
  throw new IncompleteRunError(`${name}: incomplete run: ${said.join('; ')}`);
}

async function collectOrFail({ name, collect, ...input }: Run): Promise<Findings> {
  try {
    return await collect(input);
  } catch (error) {
    return { groups: [], failures: [failure('collect', error, name)] };
  }
}

async function pushAll(run: Run, groups: readonly Group[], failures: Failure[]): Promise<Group[]> {
  const pushed: Group[] = [];
  for (const group of groups.filter(({ samples }) => samples.length > 0)) {
    const done = await attemptOn(failures, 'push', group, () =>
      run.sink.put(named(run, group), run.deadlines.push),
    );
    if (done) pushed.push(group);
  }
  return pushed;
}

/** A DELETE of a group that does not exist is accepted, so nothing is listed first: the pusher may be denied reads. */
async function deleteVanished(
  run: Run,
  { groups, found, failures }: { groups: readonly Group[]; found: Findings; failures: Failure[] },
): Promise<void> {
  const kept = new Set(groups.filter(({ samples }) => samples.length > 0).map(groupId));
  const possible = [
    ...run.profile.possible(run.name, run),
    ...(found.covers ?? []).flatMap((accountId) => coveredGroups(run, accountId)),
    ...(found.closedAccounts ?? []).flatMap((accountId) => everyGroup(run.profile, accountId)),
  ];
  const vanished = possible.filter((name) => !kept.has(groupId(name)));
  await inBatches(vanished, DELETES_AT_ONCE, (name) =>
    attemptOn(failures, 'delete', name, () => run.sink.delete(named(run, name), run.deadlines.push)),
  );
}

function coveredGroups({ name, profile, ...own }: Run, accountId: string): readonly GroupName[] {
  return accountId === own.accountId ? [] : profile.possible(name, { accountId, isMember: true });
}

/** Whatever any collector may have pushed of an account. */
function everyGroup(profile: Profile, accountId: string): GroupName[] {
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  return collectors.flatMap((collector) => [
    ...profile.possible(collector, { accountId, isMember: true }),
    ...healthGroups(collector, accountId),
  ]);
}

/** Two jobs of every Region are many requests, and each is nothing to the gateway. */
const DELETES_AT_ONCE = 8;

async function pushHealth(
  run: Run,
  ended: { startedAt: Date; found: Findings; failures: Failure[] },
): Promise<void> {
  const health = healthGroup(run, ended);
  await attemptOn(ended.failures, 'health', health, () =>
    run.sink.put(named(run, health), run.deadlines.health),
  );
  if (ended.failures.length > 0) return;
  const success = successGroup(run, ended.found);
  await attemptOn(ended.failures, 'health', success, () =>
    run.sink.put(named(run, success), run.deadlines.health),
  );
}

async function attemptOn(
  failures: Failure[],
  part: Part,
  { job }: GroupName,
  act: () => Promise<void>,
): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    failures.push(failure(part, error, job));
    return false;
  }
}

function named<G extends GroupName>({ deployment }: Run, group: G): G {
  return deployment ? { ...group, groupingKey: { ...group.groupingKey, deployment } } : group;
}

/** A run that left something out. */
export class IncompleteRunError extends Error {
  override readonly name = 'IncompleteRunError';
}
