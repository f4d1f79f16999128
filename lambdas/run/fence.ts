import { type Failure, failure } from '../failure';
import type { Turn } from '../ledger/take-run';
import type { Target } from './target';

/** Stops a run once another run has taken over. */
interface Fence {
  /** Returns the sink, which rejects every write once another run has taken over. */
  guard(target: Target): Target;
  /** Reports whether another run has taken over. */
  isSuperseded(): Promise<boolean>;
  /** Returns the failure to reach the ledger, if there was one. */
  failures(): readonly Failure[];
}

/**
 * Returns a fence that asks the ledger before each write to any sink, at most once a second, whether this run still has its
 * turn. If the ledger cannot be reached, it is not asked again: its timeouts would use up the time of the run. Groups are then
 * still pushed, and none is deleted.
 */
export function fenceOf(turn: Pick<Turn, 'isHeld'>, now: () => Date): Fence {
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
    guard: (target) => ({
      ...target,
      async put(...call) {
        if (!(await isHeldOrUnknown())) throw new SupersededError();
        return target.put(...call);
      },
      async delete(...call) {
        if (!(await isHeld())) throw new SupersededError();
        return target.delete(...call);
      },
    }),
  };
}

const FRESH_MS = 1_000;

class SupersededError extends Error {
  override readonly name = 'SupersededError';
  override readonly message = 'another run has taken over';
}
