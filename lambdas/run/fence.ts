import { type Failure, failure } from '../failure';
import type { Turn } from '../ledger/take-run';
import type { RunSink } from './run-sink';

/** A sink that rejects every call once another run has taken over. */
interface Fenced {
  readonly sink: RunSink;
  /** Reports whether another run has taken over. */
  isSuperseded(): Promise<boolean>;
  /** Returns the failure to reach the ledger, if there was one. */
  failures(): readonly Failure[];
}

/**
 * Returns a sink that asks the ledger before each call, at most once a second, whether this run still has its turn. If the
 * ledger cannot be reached, it is not asked again: its timeouts would use up the time of the run. Groups are then still pushed,
 * and none is deleted.
 */
export function fenced(sink: RunSink, turn: Pick<Turn, 'isHeld'>, now: () => Date): Fenced {
  let isLost = false;
  let unreachable: readonly Failure[] = [];
  let answer: { readonly at: number; readonly isHeld: Promise<boolean> } | undefined;
  const isHeld = async () => {
    const at = now().getTime();
    const isUsable = answer && (unreachable.length > 0 || at - answer.at < FRESH_MS);
    if (!answer || !isUsable) answer = { at, isHeld: turn.isHeld() };
    isLost ||= !(await answer.isHeld.catch(noteUnreachable));
    return !isLost;
  };
  const noteUnreachable = (error: unknown) => {
    if (unreachable.length === 0) unreachable = [failure('ledger', error)];
    throw error;
  };
  const isHeldOrUnknown = () => isHeld().catch(() => !isLost);
  return {
    isSuperseded: async () => !(await isHeldOrUnknown()),
    failures: () => unreachable,
    sink: {
      ...sink,
      async put(group, signal) {
        if (!(await isHeldOrUnknown())) throw new SupersededError();
        return sink.put(group, signal);
      },
      async delete(name, signal) {
        if (!(await isHeld())) throw new SupersededError();
        return sink.delete(name, signal);
      },
    },
  };
}

const FRESH_MS = 1_000;

class SupersededError extends Error {
  override readonly name = 'SupersededError';
  override readonly message = 'another run has taken over';
}
