import { type Failure, failure } from '../failure';
import type { Turn } from '../ledger/take-run';
import type { Sink } from '../sinks/sink';

/** A sink that rejects every call once another run has taken over. */
interface Fenced {
  readonly sink: Sink;
  /** Reports whether another run has taken over. */
  isSuperseded(): Promise<boolean>;
  /** Returns the failure to ask the ledger, if there was one. */
  failures(): readonly Failure[];
}

/**
 * Returns a sink that asks the ledger before each call, at most once a second, whether this run still has its turn. If the
 * ledger cannot be reached, groups are still pushed and none is deleted.
 */
export function fenced(sink: Sink, turn: Pick<Turn, 'isHeld'>, now: () => Date): Fenced {
  let isLost = false;
  let unreachable: readonly Failure[] = [];
  let answer: { readonly at: number; readonly isHeld: Promise<boolean> } | undefined;
  const isHeld = async () => {
    const at = now().getTime();
    if (!answer || at - answer.at >= FRESH_MS) answer = { at, isHeld: turn.isHeld() };
    isLost ||= !(await answer.isHeld);
    return !isLost;
  };
  const isHeldOrUnknown = () =>
    isHeld().catch((error: unknown) => {
      unreachable = [failure('ledger', error)];
      return !isLost;
    });
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
