import type { RequestMeter } from './aws/request-meter';
import { COLLECTORS, type CollectorName } from './catalog/collectors';
import type { Collector, Findings, RunInput } from './collector';
import type { Deadlines } from './deadlines';
import { attempt, describeFailures, type Failure, failure } from './failure';
import { type Ended, healthGroup, healthGroups, successGroup } from './health';
import { inBatches } from './in-batches';
import { isKept, unavailableJobs } from './kept-groups';
import { type Group, type GroupName, groupId } from './metrics/group';
import type { Profile } from './metrics/profile';
import type { Sink } from './sinks/sink';

/** A run and everything that it needs. */
export interface Run extends RunInput {
  readonly name: CollectorName;
  readonly collect: Collector;
  readonly sink: Sink;
  readonly meter: RequestMeter;
  readonly profile: Profile;
  /** True for any account but the function's own. */
  readonly isMember: boolean;
  /** Added to the grouping key of every group. */
  readonly deployment?: string;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

/** The result of a run, for the log. */
export interface RunReport {
  readonly accountId: string;
  /** Other accounts whose groups this run published. */
  readonly covers: readonly string[];
  readonly groupsPushed: number;
  readonly seriesPushed: number;
  readonly failures: readonly Failure[];
}

/**
 * Collects, pushes one group after another, deletes groups without a subject after a complete run, and pushes the run's
 * health last. A part that fails keeps its old groups and does not stop the others.
 */
export async function run(run: Run): Promise<RunReport> {
  const startedAt = run.now();
  const found = await collectOrFail(run);
  const isRead = found.failures.length === 0;
  const unavailable = unavailableJobs(found.unavailable ?? []);
  const groups = run.profile.groups(found.groups, { ...run, complete: isRead, unavailable }).filter(isFilled);
  const pushes = await pushAll(run, groups);
  const isPublished = isRead && pushes.failures.length === 0;
  const deletions = isPublished ? await deleteVanished(run, { groups, found }) : [];
  const failures = [...found.failures, ...pushes.failures, ...deletions];
  const unhealthy = await pushHealth(run, { startedAt, found, failures });
  return {
    accountId: run.accountId,
    covers: found.covers ?? [],
    groupsPushed: pushes.pushed.length,
    seriesPushed: pushes.pushed.reduce((sum, { samples }) => sum + samples.length, 0),
    failures: [...failures, ...unhealthy],
  };
}

/** @throws IncompleteRunError if anything failed, so that Lambda retries, queues the event and raises the alarm. */
export function demandComplete(name: CollectorName, reports: readonly RunReport[]): void {
  const described = reports.flatMap(({ accountId, failures }, index) => {
    if (failures.length === 0) return [];
    return index === 0 ? describeFailures(failures) : `account ${accountId}: ${describeFailures(failures)}`;
  });
  if (described.length > 0) throw new IncompleteRunError(`${name}: incomplete run: ${described.join('; ')}`);
}

async function collectOrFail({ name, collect, ...input }: Run): Promise<Findings> {
  try {
    return await collect(input);
  } catch (error) {
    return { groups: [], failures: [failure('collect', error, name)] };
  }
}

/** Reports whether a group has samples. A group without any is deleted, because an empty PUT would wipe it silently. */
function isFilled({ samples }: Group): boolean {
  return samples.length > 0;
}

async function pushAll(run: Run, groups: readonly Group[]) {
  const pushed: Group[] = [];
  const failures: Failure[] = [];
  for (const group of groups) {
    const put = await attempt('push', () => run.sink.put(named(run, group), run.deadlines.push), group.job);
    if (put.failures.length === 0) pushed.push(group);
    failures.push(...put.failures);
  }
  return { pushed, failures };
}

/** Deletes without listing first: the gateway may deny reads, and it accepts a DELETE of an unknown group. */
async function deleteVanished(
  run: Run,
  { groups, found }: { groups: readonly Group[]; found: Findings },
): Promise<readonly Failure[]> {
  if (found.answeredElsewhere) return [];
  const kept = new Set(groups.map(groupId));
  const possible = [
    ...run.profile.possible(run.name, run).filter((name) => !isKept(name, found.unavailable ?? [])),
    ...(found.covers ?? []).flatMap((accountId) => coveredGroups(run, accountId)),
    ...(found.closedAccounts ?? []).flatMap((accountId) => everyGroup(run.profile, accountId)),
  ];
  const vanished = possible.filter((name) => !kept.has(groupId(name)));
  const deletions = await inBatches(vanished, DELETES_AT_ONCE, (name) =>
    attempt('delete', () => run.sink.delete(named(run, name), run.deadlines.push), name.job),
  );
  return deletions.flatMap(({ failures }) => failures);
}

/** There may be two groups per Region to delete, and each deletion is cheap for the gateway. */
const DELETES_AT_ONCE = 8;

function coveredGroups({ name, profile, ...own }: Run, accountId: string): readonly GroupName[] {
  return accountId === own.accountId ? [] : profile.possible(name, { accountId, isMember: true });
}

/** Returns every group that any collector may have pushed for an account. */
function everyGroup(profile: Profile, accountId: string): GroupName[] {
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  return collectors.flatMap((collector) => [
    ...profile.possible(collector, { accountId, isMember: true }),
    ...healthGroups(collector, accountId),
  ]);
}

async function pushHealth(run: Run, ended: Ended): Promise<readonly Failure[]> {
  const health = await pushHealthGroup(run, healthGroup(run, ended));
  const failed = ended.failures.length + health.failures.length > 0;
  return failed ? health.failures : (await pushHealthGroup(run, successGroup(run, ended.found))).failures;
}

function pushHealthGroup(run: Run, group: Group) {
  return attempt('health', () => run.sink.put(named(run, group), run.deadlines.health), group.job);
}

function named<G extends GroupName>({ deployment }: Run, group: G): G {
  return deployment ? { ...group, groupingKey: { ...group.groupingKey, deployment } } : group;
}

/** Thrown by the handler after a run that was incomplete. */
class IncompleteRunError extends Error {
  override readonly name = 'IncompleteRunError';
}
