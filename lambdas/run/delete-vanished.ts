import { COLLECTORS, type CollectorName } from '../catalog/collectors';
import type { Findings } from '../collector';
import { attempt, type Failure } from '../failure';
import { inParallel } from '../in-parallel';
import { type LeftBehind, ofClosedAccount, ofOwnRuns } from '../ledger/left-behind';
import { handOver } from '../ledger/series-memory';
import type { LedgerStore } from '../ledger/store';
import type { SinkTurn } from '../ledger/take-run';
import { type GroupName, groupId } from '../metrics/group';
import type { SeriesMemory } from '../sinks/sink';
import { healthGroups } from './health';
import type { Run } from './ports';
import type { Target } from './target';
import { vanishedGroups } from './vanished';

/** A complete run at one sink. */
interface CompleteRun extends Run {
  readonly target: Target;
  readonly found: Findings;
  /** Every group that the run published there, its health included. */
  readonly current: readonly GroupName[];
}

/**
 * Deletes the groups whose subject is gone: those that earlier runs recorded, and before the first complete run all that the
 * catalog's tables allow. Groups of closed accounts are deleted once, and so are those of runs that this one makes needless.
 */
export async function deleteVanished(run: CompleteRun): Promise<readonly Failure[]> {
  const { target, found, current } = run;
  if (found.answeredElsewhere) return []; // The run that answers for this account takes its groups over.
  const { owned, isRecorded } = target.turn;
  const possible = isRecorded || !target.mayHoldMore ? [] : possibleGroups(run);
  const vanished = vanishedGroups({ owned, possible, current, unavailable: found.unavailable ?? [] });
  return [...(await deleteOwn(run, vanished)), ...(await clearOthers(run))];
}

/** Deletes all groups of a sink that is retired. Other accounts lose those of runs that this run covers. */
export async function emptyRetired(run: CompleteRun): Promise<readonly Failure[]> {
  const { target, found, ledger, name, accountId } = run;
  if (found.answeredElsewhere) return []; // The run that answers for this account deletes them.
  // Without a ledger, a collector publishes nothing but its health.
  const unrecorded = ledger || !target.mayHoldMore ? [] : healthGroups(name, accountId).map(target.named);
  return [...(await deleteOwn(run, [...target.turn.owned, ...unrecorded])), ...(await clearOthers(run))];
}

const ACCOUNTS_AT_ONCE = 4;

/** Deletes groups of the run's account, and forgets those that the ledger has. */
async function deleteOwn(run: CompleteRun, names: readonly GroupName[]): Promise<readonly Failure[]> {
  const { turn } = run.target;
  const { deleted, failures } = await deleteAll(run, names, turn.series);
  const recorded = new Set(turn.owned.map(groupId));
  const gone = deleted.filter((name) => recorded.has(groupId(name)));
  return [...failures, ...(await forget(turn, gone))];
}

async function forget(turn: SinkTurn, names: readonly GroupName[]): Promise<readonly Failure[]> {
  return names.length === 0 ? [] : (await attempt('ledger', () => turn.forget(names))).failures;
}

/** Deletes the groups of covered and of closed accounts. Without a ledger, runs know of none. */
function clearOthers(run: CompleteRun): Promise<readonly Failure[]> {
  return globalThis.WITHOUT_LEDGER ? Promise.resolve([]) : clearRecorded(run);
}

async function clearRecorded(run: CompleteRun): Promise<readonly Failure[]> {
  const { found, name, target } = run;
  const ofRuns: Reader = (ledger, id) => ofOwnRuns(ledger, id, { sink: target.id, collector: name });
  const ofClosed: Reader = (ledger, id) => ofClosedAccount(ledger, id, target.id);
  const covered = await clearAll(run, coveredBy(run), ofRuns);
  return [...covered, ...(await clearAll(run, found.closedAccounts ?? [], ofClosed))];
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
  if (!run.target.keepsGroups) return [];
  const cleared = await inParallel(accounts, { atOnce: ACCOUNTS_AT_ONCE }, (id) => clear(run, id, read));
  return cleared.flat();
}

/**
 * Deletes the groups that are left of an account. Those that this run published are its own from now on: the series that only
 * the account wrote are ended by the next run.
 */
async function clear(run: CompleteRun, accountId: string, read: Reader): Promise<readonly Failure[]> {
  const { ledger, current, target } = run;
  if (!ledger) return [];
  const { value: left, failures } = await attempt('ledger', () => read(ledger, accountId), accountId);
  if (!left) return failures;
  const possible = left.isRecorded || !target.mayHoldMore ? [] : everyGroup(run, accountId);
  const vanished = vanishedGroups({ owned: left.recorded, possible, current, unavailable: [] });
  const deletions = await deleteAll(run, vanished, left.series);
  if (deletions.failures.length > 0) return deletions.failures;
  return (await attempt('ledger', () => takeOver(run, left), accountId)).failures;
}

async function takeOver({ current, target }: CompleteRun, left: LeftBehind): Promise<void> {
  const published = new Set(current.map(groupId));
  for (const name of left.recorded)
    if (published.has(groupId(name))) await handOver(left.series(name), target.turn.series(name));
  await left.deleted();
}

/** Deletes without asking the store what it has, because it may deny reads and accepts a DELETE of an unknown group. */
async function deleteAll(
  { target, deadlines }: CompleteRun,
  names: readonly GroupName[],
  seriesOf: (name: GroupName) => SeriesMemory,
) {
  const deletions = await inParallel(names, { atOnce: DELETES_AT_ONCE }, async (name) => ({
    name,
    ...(await attempt('delete', () => target.delete(name, deadlines.push, seriesOf(name)), name.job)),
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
  return possible.map(run.target.named);
}

/** Returns every group that any collector may have published for an account. */
function everyGroup(run: CompleteRun, accountId: string): GroupName[] {
  const collectors = Object.keys(COLLECTORS) as CollectorName[];
  const possible = collectors.flatMap((collector) => [
    ...run.profile.possible(collector, { accountId, isMember: true }),
    ...healthGroups(collector, accountId),
  ]);
  return possible.map(run.target.named);
}
