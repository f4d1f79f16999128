import type { Findings } from '../collector';
import { atSink, attempt, type Failure, failure } from '../failure';
import type { SinkTurn } from '../ledger/take-run';
import { type GroupName, groupId, sizeOf } from '../metrics/group';
import type { AnyGroup } from '../metrics/registered-group';
import type { StoredGroups } from '../sinks/sink';
import { deleteVanished, emptyRetired } from './delete-vanished';
import { healthGroups } from './health';
import type { Run } from './ports';
import { afterPushes, pushGroups } from './push-groups';
import type { Target } from './target';

/** The state of a sink after a run has published to it. */
export interface Published {
  /** The id of the sink. */
  readonly sink: string;
  readonly pushed: readonly AnyGroup[];
  /** The durations of the pushes in seconds. */
  readonly pushDurations: readonly number[];
  /** Failures of publishing to this sink. */
  readonly failures: readonly Failure[];
  /** Groups that other runs recorded and the sink lacks; undefined if the sink cannot be read. */
  readonly groupsMissing: number | undefined;
}

/** The result of reading. */
interface Read {
  readonly found: Findings;
  /** Ids of the sinks that gave no answer before the collection. */
  readonly silent: ReadonlySet<string>;
  /** Returns the failure to reach the ledger, if there was one so far. */
  readonly unreachable: () => readonly Failure[];
}

/** Publishes to every sink side by side, and then, if nothing failed, empties those that are retired. */
export async function publish(
  run: Run,
  targets: readonly Target[],
  read: Read,
): Promise<readonly Published[]> {
  const active = targets.filter(({ isRetired }) => !isRetired);
  const content = contentOf(run, read.found);
  const published = await Promise.all(active.map((target) => publishTo(run, target, { ...read, content })));
  const failures = [
    ...read.unreachable(),
    ...read.found.failures,
    ...published.flatMap((one) => one.failures),
  ];
  if (failures.length > 0) return published;
  const retired = targets.filter(({ isRetired }) => isRetired);
  return [...published, ...(await Promise.all(retired.map((target) => retire(run, target, read))))];
}

/**
 * Pushes the groups that were found, deletes those without a subject if nothing failed, and compares the sink with the ledger.
 * New groups are recorded before they are pushed, so that a crash leaves no group without an owner.
 */
async function publishTo(
  run: Run,
  target: Target,
  { found, content, silent, unreachable }: Read & { readonly content: readonly AnyGroup[] },
): Promise<Published> {
  const { deadlines } = run;
  const answer = silent.has(target.id)
    ? await attempt('push', () => target.check(deadlines.push))
    : NO_FAILURE;
  const { nameable, clashing } = nameableAt(target, content);
  const groups = answer.failures.length > 0 ? [] : nameable.map(target.named);
  const current = [...groups, ...healthGroups(run.name, run.accountId).map(target.named)];
  const recorded = await recordNew(target.turn, current);
  const { pushed, durations, ...pushes } = await pushGroups(target, groups, deadlines.push);
  const own = [...answer.failures, ...clashing, ...recorded, ...pushes.failures];
  const failed = [...unreachable(), ...found.failures, ...own].length > 0;
  const deletions = failed ? [] : await deleteVanished({ ...run, target, found, current });
  const after = await afterPushes(target, { pushed, ...pushes }, deadlines.push);
  return {
    sink: target.id,
    pushed,
    pushDurations: durations,
    failures: atSink(target.id, [...own, ...deletions, ...after.failures]),
    groupsMissing: missingIn(after.stored, target.turn.others),
  };
}

const NO_FAILURE = { failures: [] };

/** Returns the groups that may have the labels of a sink, and a failure for each whose grouping key has one of them itself. */
function nameableAt({ id, labels }: Target, content: readonly AnyGroup[]) {
  const taken = ({ groupingKey }: GroupName) => Object.keys(labels).find((label) => label in groupingKey);
  const clashing = content.flatMap((group) => {
    const label = taken(group);
    if (label === undefined) return [];
    const problem = `expected a groupingKey without ${label}, which groupingLabels of the sink ${id} sets: rename one of them`;
    return failure('push', new Error(problem), group.job);
  });
  return { nameable: content.filter((group) => taken(group) === undefined), clashing };
}

/** Deletes everything that runs published to a sink that is retired. */
async function retire(run: Run, target: Target, { found }: Read): Promise<Published> {
  const failures = await emptyRetired({ ...run, target, found, current: [] });
  const nothing = { pushed: [], pushDurations: [], groupsMissing: undefined };
  return { ...nothing, sink: target.id, failures: atSink(target.id, failures) };
}

/** Returns the groups to publish. A group without content is none, because an empty PUT would wipe the stored group silently. */
function contentOf(run: Run, found: Findings): AnyGroup[] {
  const { groups, registered = [], failures, unavailable = [] } = found;
  const missing = unavailable.flatMap(({ jobs }) => jobs);
  const state = { complete: failures.length === 0, unavailable: missing };
  const published: AnyGroup[] = [...run.profile.groups(groups, { ...run, ...state }), ...registered];
  return published.filter((group) => sizeOf(group) > 0);
}

async function recordNew(turn: SinkTurn, current: readonly GroupName[]): Promise<readonly Failure[]> {
  const known = new Set(turn.owned.map(groupId));
  const fresh = current.filter((name) => !known.has(groupId(name)));
  return fresh.length === 0 ? [] : (await attempt('ledger', () => turn.record(fresh))).failures;
}

function missingIn(stored: StoredGroups | undefined, others: readonly GroupName[]): number | undefined {
  return stored && others.filter((name) => !stored.has(groupId(name))).length;
}
