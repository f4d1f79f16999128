import { closest, distance } from 'fastest-levenshtein';

/** Returns the known name that the given one is most likely a typo of, or undefined if none is similar. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const sameLetters = known.find((name) => name.toLowerCase() === given.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  const candidate = closest(given, known);
  return distance(given, candidate) <= Math.max(1, Math.min(3, given.length / 3)) ? candidate : undefined;
}
