import { type Failure, failure } from '../failure';
import { inParallel } from '../in-parallel';
import { groupId, sizeOf } from '../metrics/group';
import { type AnyGroup, registered } from '../metrics/registered-group';
import { PushError } from '../sinks/push-error';
import { NO_SERIES, type StoredGroups } from '../sinks/sink';
import { REAL_TIME, type Timing } from '../sinks/timing';
import type { Target } from './target';

/** Results of pushing groups. */
interface Pushes {
  readonly pushed: readonly AnyGroup[];
  /** Groups that the store refused. The refusal of a new group may have left a ghost: a group without metrics. */
  readonly rejected: readonly AnyGroup[];
  /** One failure for each group that was not pushed. */
  readonly failures: readonly Failure[];
  /** The durations of all pushes in seconds, retries included. */
  readonly durations: readonly number[];
}

/**
 * Pushes the groups, several at a time. A group that fails does not stop the others.
 * @param clock Milliseconds since any moment.
 */
export async function pushGroups(
  sink: Pick<Target, 'put'>,
  groups: readonly AnyGroup[],
  signal: AbortSignal,
  clock = () => performance.now(),
): Promise<Pushes> {
  const durations: number[] = [];
  const outcomes = await inParallel(groups, AT_ONCE, async (group) => {
    const startedAt = clock();
    try {
      await sink.put(registered(group), signal);
      return { group };
    } catch (error) {
      return { group, error };
    } finally {
      durations.push((clock() - startedAt) / 1000);
    }
  });
  const failed = outcomes.filter((outcome) => 'error' in outcome);
  return {
    pushed: outcomes.filter((outcome) => !('error' in outcome)).map(({ group }) => group),
    rejected: failed.filter(({ error }) => isRejection(error)).map(({ group }) => group),
    failures: failed.map(({ group, error }) => failure('push', error, group.job)),
    durations,
  };
}

/** A group's text is held in memory while it is pushed, so few large groups are pushed at a time. */
const AT_ONCE = {
  atOnce: 8,
  weightAtOnce: 10_000,
  weightOf: sizeOf,
} as const;

function isRejection(error: unknown): boolean {
  return error instanceof PushError && error.status === 400;
}

/** A sink that may have lost groups. */
type Store = Pick<Target, 'put' | 'delete' | 'stored'>;

/** The state of the store after the pushes of a run. */
interface AfterPushes {
  /** Undefined if the store cannot be read. */
  readonly stored: StoredGroups | undefined;
  /** One failure for each lost group that could not be pushed again. */
  readonly failures: readonly Failure[];
}

/**
 * Reads the store once after all pushes of a run, pushes groups again that it has lost, as after a restart without a file, and
 * deletes the ghosts of rejected groups. If the store cannot be read, it is left as it is.
 */
export async function afterPushes(
  sink: Store,
  { pushed, rejected }: Pick<Pushes, 'pushed' | 'rejected'>,
  signal: AbortSignal,
  { sleep }: Pick<Timing, 'sleep'> = REAL_TIME,
): Promise<AfterPushes> {
  const stored = await storedAfter(rejected, { sink, signal, sleep });
  if (!stored) return { stored, failures: [] };
  const ghosts = rejected.filter((group) => stored.get(groupId(group)) === 0);
  await Promise.allSettled(ghosts.map((ghost) => sink.delete(ghost, signal, NO_SERIES)));
  const lost = pushed.filter((group) => !stored.has(groupId(group)));
  const { failures } = await pushGroups(sink, lost, signal);
  return { stored, failures };
}

interface Reading extends Pick<Timing, 'sleep'> {
  readonly sink: Store;
  readonly signal: AbortSignal;
}

/** Reads again at most twice, because a Pushgateway answers a moment before it records a rejection. */
async function storedAfter(rejected: readonly AnyGroup[], { sink, signal, sleep }: Reading) {
  for (let repetitions = 2; ; repetitions -= 1) {
    const stored = await sink.stored(signal);
    const isRecorded = rejected.every((group) => stored?.has(groupId(group)));
    if (!stored || isRecorded || repetitions === 0) return stored;
    await sleep(100, signal).catch(() => {}); // After the deadline, the next reading fails at once.
  }
}
