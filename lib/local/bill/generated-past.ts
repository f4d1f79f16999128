import type { Random } from './random';

/** Returns a whole second of the day before `daysAgo` days ago, because IAM has no milliseconds. */
export function before(asOf: Date, daysAgo: number, random: Random): Date {
  const seconds = Math.floor(asOf.getTime() / 1000) - daysAgo * 86_400 - random.below(86_400);
  return new Date(seconds * 1000);
}
