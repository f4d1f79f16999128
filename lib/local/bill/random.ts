/** Deterministic choices: the same seed yields the same choices in the same order. */
export interface Random {
  /** Returns a whole number from 0 up to, and without, the limit, which is at most 2³². */
  below(limit: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** Returns `length` characters of the alphabet. */
  text(length: number, alphabet: string): string;
}

/**
 * Returns the choices of a seed.
 * @param seed A whole number, of which only the lowest 32 bits count.
 */
export function seeded(seed: number): Random {
  const next = mulberry32(seed);
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    text: (length, alphabet) =>
      Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(''),
  };
}

/** Returns a Mulberry32, a public-domain generator of 32-bit numbers that is small, fast and even enough for a demo. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
