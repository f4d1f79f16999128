import { seeded } from '../bill/random';

/** The matching requests that a fault strikes. @default every one */
export interface Turns {
  /** Numbers of requests, from 1; a pair is a range that includes both ends. */
  readonly turns?: readonly (number | readonly [first: number, last: number])[];
  /** The share of requests, from 0 to 1. */
  readonly probability?: number;
  /** Equal seeds strike equal requests. @default 1 */
  readonly seed?: number;
}

/** Returns a function that decides for one request after another whether the fault strikes it. */
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
