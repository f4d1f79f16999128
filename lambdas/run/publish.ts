import type { Findings } from '../collector';
import { attempt, type Failure } from '../failure';
import type { Turn } from '../ledger/take-run';
import { type GroupName, groupId, inDeployment, sizeOf } from '../metrics/group';
import type { AnyGroup } from '../metrics/registered-group';
import type { StoredGroups } from '../sinks/sink';
import { deleteVanished } from './delete-vanished';
import { healthGroups } from './health';
import type { Publishing } from './ports';
import { afterPushes, pushGroups } from './push-groups';

/** The state of a run after it has published. */
export interface Published {
  readonly pushed: readonly AnyGroup[];
  /** The durations of the pushes in seconds. */
  readonly pushDurations: readonly number[];
  /** Failures of reading and of publishing. */
  readonly failures: readonly Failure[];
  /** Groups that other runs recorded and the store lacks; undefined if the store cannot be read. */
  readonly groupsMissing: number | undefined;
}

/** The result of reading. */
interface Read {
  readonly found: Findings;
  /** Returns the failure to reach the ledger, if there was one so far. */
  readonly unreachable: () => readonly Failure[];
}

/**
 * Pushes the groups that were found, deletes those without a subject if nothing failed, and compares the store with the ledger.
 * New groups are recorded before they are pushed, so that a crash leaves no group without an owner.
 */
export async function publish(run: Publishing, turn: Turn, { found, unreachable }: Read): Promise<Published> {
  const { sink, deadlines } = run;
  const groups = groupsOf(run, found);
  const current = [
    ...groups,
    ...healthGroups(run.name, run.accountId).map((name) => inDeployment(run, name)),
  ];
  const recorded = await recordNew(turn, current);
  const { pushed, durations, ...pushes } = await pushGroups(sink, groups, deadlines.push);
  const failures = [...unreachable(), ...found.failures, ...recorded, ...pushes.failures];
  const deletions = failures.length > 0 ? [] : await deleteVanished({ ...run, turn, found, current });
  const after = await afterPushes(sink, { pushed, ...pushes }, deadlines.push);
  return {
    pushed,
    pushDurations: durations,
    failures: [...failures, ...deletions, ...after.failures],
    groupsMissing: missingIn(after.stored, turn.others),
  };
}

/** Returns the groups to push. A group without content is none, because an empty PUT would wipe the stored group silently. */
function groupsOf(run: Publishing, found: Findings): AnyGroup[] {
  const { groups, registered = [], failures, unavailable = [] } = found;
  const missing = unavailable.flatMap(({ jobs }) => jobs);
  const state = { complete: failures.length === 0, unavailable: missing };
  const published: AnyGroup[] = [...run.profile.groups(groups, { ...run, ...state }), ...registered];
  return published.filter((group) => sizeOf(group) > 0).map((group) => inDeployment(run, group));
}

async function recordNew(turn: Turn, current: readonly GroupName[]): Promise<readonly Failure[]> {
  const known = new Set(turn.owned.map(groupId));
  const fresh = current.filter((name) => !known.has(groupId(name)));
  return fresh.length === 0 ? [] : (await attempt('ledger', () => turn.record(fresh))).failures;
}

function missingIn(stored: StoredGroups | undefined, others: readonly GroupName[]): number | undefined {
  return stored && others.filter((name) => !stored.has(groupId(name))).length;
}
