import { seeded } from '../bill/random';

/** Which of the requests that a fault is about it strikes. @default every one */
export interface Turns {
  /** Their numbers, from 1; a pair is a range with both its ends. */
  readonly turns?: readonly (number | readonly [first: number, last: number])[];
  /** The share of them, from 0 to 1. */
  readonly probability?: number;
  /** Which share: the same seed, the same requests. @default 1 */
  readonly seed?: number;
}

/** Says of one request after another whether the fault strikes it. */
export function striker({ turns, probability = 1, seed = 1 }: Turns): () => boolean {
  const random = seeded(seed);
  let turn = 0;
  return () => {
    turn += 1;
    const chosen = random.below(1_000_000) < probability * 1_000_000;
    return chosen && (turns === undefined || turns.some((due) => includes(due, turn)));
  };
}

function includes(due: number | readonly [number, number], turn: number): boolean {
  const [first, last] = typeof due === 'number' ? [due, due] : due;
  return first <= turn && turn <= last;
}
