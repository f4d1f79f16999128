import { COLLECTORS, type CollectorName } from '../catalog/collectors';
import type { Findings } from '../collector';
import { attempt, type Failure } from '../failure';
import { inParallel } from '../in-parallel';
import { type LeftBehind, ofClosedAccount, ofOwnRuns } from '../ledger/left-behind';
import type { LedgerStore } from '../ledger/store';
import type { Turn } from '../ledger/take-run';
import { type GroupName, groupId, inDeployment } from '../metrics/group';
import { healthGroups } from './health';
import type { Publishing } from './ports';
import { vanishedGroups } from './vanished';

/** A complete run and what it published. */
interface CompleteRun extends Publishing {
  readonly turn: Turn;
  readonly found: Findings;
  /** Every group that the run published, its health included. */
  readonly current: readonly GroupName[];
}

/**
 * Deletes the groups whose subject is gone: those that earlier runs recorded, and before the first complete run all that the
 * catalog's tables allow. Groups of closed accounts are deleted once, and so are those of runs that this one makes needless.
 */
export async function deleteVanished(run: CompleteRun): Promise<readonly Failure[]> {
  const { turn, found, current } = run;
  if (found.answeredElsewhere) return forget(turn, without(turn.owned, current));
  const failures = await deleteOwn(run);
  const covered = await clearAll(run, coveredBy(run), (ledger, id) => ofOwnRuns(ledger, id, run.name));
  const closed = await clearAll(run, found.closedAccounts ?? [], ofClosedAccount);
  return [...failures, ...covered, ...closed];
}

const ACCOUNTS_AT_ONCE = 4;

/** Deletes the vanished groups of the run's account, and of the accounts that it covers. */
async function deleteOwn(run: CompleteRun): Promise<readonly Failure[]> {
  const { owned, groupsRecorded, ...turn } = run.turn;
  const { current, found } = run;
  const possible = groupsRecorded ? [] : possibleGroups(run);
  const vanished = vanishedGroups({ owned, possible, current, unavailable: found.unavailable ?? [] });
  const { deleted, failures } = await deleteAll(run, vanished);
  const recorded = new Set(owned.map(groupId));
  const gone = deleted.filter((name) => recorded.has(groupId(name)));
  return [...failures, ...(await forget(turn, gone))];
}

async function forget(turn: Pick<Turn, 'forget'>, names: readonly GroupName[]): Promise<readonly Failure[]> {
  return names.length === 0 ? [] : (await attempt('ledger', () => turn.forget(names))).failures;
}

function without(names: readonly GroupName[], others: readonly GroupName[]): GroupName[] {
  return vanishedGroups({ owned: names, possible: [], current: others, unavailable: [] });
}

/** Returns the accounts of the suite that need no run of their own. */
function coveredBy({ found, accountId, suiteAccounts }: CompleteRun): string[] {
  return (found.covers ?? []).filter((id) => id !== accountId && suiteAccounts.includes(id));
}

/** Reads what is left of an account. */
type Reader = (ledger: LedgerStore, accountId: string) => Promise<LeftBehind>;

async function clearAll(
  run: CompleteRun,
  accounts: readonly string[],
  read: Reader,
): Promise<readonly Failure[]> {
  const cleared = await inParallel(accounts, { atOnce: ACCOUNTS_AT_ONCE }, (id) => clear(run, id, read));
  return cleared.flat();
}

/** Deletes the groups that are left of an account but those that this run published. */
async function clear(run: CompleteRun, accountId: string, read: Reader): Promise<readonly Failure[]> {
  const { ledger, current } = run;
  if (!ledger) return [];
  const { value: left, failures } = await attempt('ledger', () => read(ledger, accountId), accountId);
  if (!left) return failures;
  const possible = left.isRecorded ? [] : everyGroup(run, accountId);
  const vanished = vanishedGroups({ owned: left.recorded, possible, current, unavailable: [] });
  const deletions = await deleteAll(run, vanished);
  if (deletions.failures.length > 0) return deletions.failures;
  return (await attempt('ledger', () => left.deleted(), accountId)).failures;
}

/** Deletes without asking the store what it has, because it may deny reads and accepts a DELETE of an unknown group. */
async function deleteAll({ sink, deadlines }: CompleteRun, names: readonly GroupName[]) {
  const deletions = await inParallel(names, { atOnce: DELETES_AT_ONCE }, async (name) => ({
    name,
    ...(await attempt('delete', () => sink.delete(name, deadlines.push), name.job)),
  }));
  return {
    deleted: deletions.filter(({ failures }) => failures.length === 0).map(({ name }) => name),
    failures: deletions.flatMap(({ failures }) => failures),
  };
}

/** There may be two groups per Region to delete, and each deletion is cheap for the gateway. */
const DELETES_AT_ONCE = 8;

/** Returns every group that the collector may have published for this account and for those that it covers. */
function possibleGroups(run: CompleteRun): GroupName[] {
  const { name, accountId, isMember, profile, found } = run;
  const covered = (found.covers ?? []).filter((id) => id !== accountId);
  const possible = [
    ...profile.possible(name, { accountId, isMember }),
    ...covered.flatMap((id) => [
      ...profile.possible(name, { accountId: id, isMember: true }),
      ...healthGroups(name, id),
    ]),
  ];
  return possible.map((group) => inDeployment(run, group));
}

/** Returns every group that any collector may have published for an account. */
function everyGroup(run: CompleteRun, accountId: string): GroupName[] {
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  const possible = collectors.flatMap((collector) => [
    ...run.profile.possible(collector, { accountId, isMember: true }),
    ...healthGroups(collector, accountId),
  ]);
  return possible.map((group) => inDeployment(run, group));
}
