import { COLLECTORS, type CollectorName } from './catalog/collectors';
import type { Findings } from './collector';
import { attempt, type Failure } from './failure';
import { healthGroups } from './health';
import { inBatches } from './in-batches';
import { leftBehind } from './ledger/close-account';
import { ownGroups } from './ledger/covered-account';
import type { LedgerStore } from './ledger/store';
import type { Turn } from './ledger/take-run';
import { type GroupName, groupId } from './metrics/group';
import type { Profile } from './metrics/profile';
import type { Sink } from './sinks/sink';
import { vanishedGroups } from './vanished';

/** A complete run and what it published. */
interface CompleteRun {
  readonly name: CollectorName;
  readonly accountId: string;
  readonly isMember: boolean;
  readonly suiteAccounts: readonly string[];
  readonly profile: Profile;
  readonly sink: Sink;
  readonly ledger?: LedgerStore;
  readonly signal: AbortSignal;
  readonly turn: Turn;
  readonly found: Findings;
  /** Every group that the run published, its health included. */
  readonly current: readonly GroupName[];
  /** Adds the deployment to the name of a group. */
  readonly named: <G extends GroupName>(group: G) => G;
}

/**
 * Deletes the groups whose subject is gone: those that earlier runs recorded, and before the first complete run all that the
 * catalog's tables allow. Groups of closed accounts are deleted once, and so are those of runs that this one makes needless.
 */
export async function deleteVanished(run: CompleteRun): Promise<readonly Failure[]> {
  const { turn, found, current } = run;
  const { owned } = turn;
  if (found.answeredElsewhere) return forgetAll(turn, without(owned, current));
  const possible = turn.groupsRecorded ? [] : possibleGroups(run);
  const vanished = vanishedGroups({ owned, possible, current, unavailable: found.unavailable ?? [] });
  const { deleted, failures } = await deleteAll(run, vanished);
  const recorded = new Set(owned.map(groupId));
  const gone = deleted.filter((name) => recorded.has(groupId(name)));
  const forgotten = await forgetAll(turn, gone);
  const covered = await inBatches(coveredBy(run), ACCOUNTS_AT_ONCE, (id) => clearCovered(run, id));
  const closed = await inBatches(found.closedAccounts ?? [], ACCOUNTS_AT_ONCE, (id) => clearAccount(run, id));
  return [...failures, ...forgotten, ...covered.flat(), ...closed.flat()];
}

const ACCOUNTS_AT_ONCE = 4;

async function forgetAll(turn: Turn, names: readonly GroupName[]): Promise<readonly Failure[]> {
  return names.length > 0 ? (await attempt('ledger', () => turn.forget(names))).failures : [];
}

function without(names: readonly GroupName[], others: readonly GroupName[]): GroupName[] {
  return vanishedGroups({ owned: names, possible: [], current: others, unavailable: [] });
}

/** Returns the accounts of the suite that need no run of their own. */
function coveredBy({ found, accountId, suiteAccounts }: CompleteRun): string[] {
  return (found.covers ?? []).filter((id) => id !== accountId && suiteAccounts.includes(id));
}

/** Deletes the groups of a covered account's own runs, its health included, but those that this run published. */
async function clearCovered(run: CompleteRun, accountId: string): Promise<readonly Failure[]> {
  const { ledger, name, current } = run;
  if (!ledger) return [];
  const { value: own, failures } = await attempt(
    'ledger',
    () => ownGroups(ledger, accountId, name),
    accountId,
  );
  if (!own || own.recorded.length === 0) return failures;
  const deletions = await deleteAll(run, without(own.recorded, current));
  if (deletions.failures.length > 0) return deletions.failures;
  return (await attempt('ledger', () => own.forget(), accountId)).failures;
}

/** Deletes every group of a closed account but those that this run published. */
async function clearAccount(run: CompleteRun, accountId: string): Promise<readonly Failure[]> {
  const { ledger, profile, current, named } = run;
  if (!ledger) return [];
  const { value: left, failures } = await attempt('ledger', () => leftBehind(ledger, accountId), accountId);
  if (!left) return failures;
  const possible = left.isCleaned ? [] : everyGroup(profile, accountId).map(named);
  const vanished = vanishedGroups({ owned: left.recorded, possible, current, unavailable: [] });
  const deletions = await deleteAll(run, vanished);
  if (deletions.failures.length > 0) return deletions.failures;
  return (await attempt('ledger', () => left.cleaned(), accountId)).failures;
}

/** Deletes without asking the store what it has, because it may deny reads and accepts a DELETE of an unknown group. */
async function deleteAll({ sink, signal }: CompleteRun, names: readonly GroupName[]) {
  const deletions = await inBatches(names, DELETES_AT_ONCE, async (name) => ({
    name,
    ...(await attempt('delete', () => sink.delete(name, signal), name.job)),
  }));
  return {
    deleted: deletions.filter(({ failures }) => failures.length === 0).map(({ name }) => name),
    failures: deletions.flatMap(({ failures }) => failures),
  };
}

/** There may be two groups per Region to delete, and each deletion is cheap for the gateway. */
const DELETES_AT_ONCE = 8;

/** Returns every group that the collector may have published for this account and for those that it covers. */
function possibleGroups({ name, accountId, isMember, profile, found, named }: CompleteRun): GroupName[] {
  const covered = (found.covers ?? []).filter((id) => id !== accountId);
  return [
    ...profile.possible(name, { accountId, isMember }),
    ...covered.flatMap((id) => [
      ...profile.possible(name, { accountId: id, isMember: true }),
      ...healthGroups(name, id),
    ]),
  ].map(named);
}

/** Returns every group that any collector may have published for an account. */
function everyGroup(profile: Profile, accountId: string): GroupName[] {
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  return collectors.flatMap((collector) => [
    ...profile.possible(collector, { accountId, isMember: true }),
    ...healthGroups(collector, accountId),
  ]);
}
