import type { Turn } from './ledger/take-run';
import type { Sink } from './sinks/sink';

/** A sink that rejects every call once another run has taken over. */
interface Fenced {
  readonly sink: Sink;
  /** True once a call was rejected because another run has taken over. */
  isSuperseded(): boolean;
}

/**
 * Returns a sink that asks the ledger before each call, at most once a second, whether this run still has its turn. If the
 * ledger cannot be reached, groups are still pushed and none is deleted.
 */
export function fenced(sink: Sink, turn: Pick<Turn, 'isHeld'>, now: () => Date): Fenced {
  let isSuperseded = false;
  let answer: { readonly at: number; readonly isHeld: Promise<boolean> } | undefined;
  const isHeld = () => {
    const at = now().getTime();
    if (!answer || at - answer.at >= FRESH_MS) answer = { at, isHeld: turn.isHeld() };
    return answer.isHeld;
  };
  const demand = async (held: Promise<boolean>) => {
    if (await held) return;
    isSuperseded = true;
    throw new SupersededError('another run has taken over');
  };
  return {
    isSuperseded: () => isSuperseded,
    sink: {
      ...sink,
      async put(group, signal) {
        await demand(isHeld().catch(() => true));
        return sink.put(group, signal);
      },
      async delete(name, signal) {
        await demand(isHeld());
        return sink.delete(name, signal);
      },
    },
  };
}

const FRESH_MS = 1_000;

class SupersededError extends Error {
  override readonly name = 'SupersededError';
}
