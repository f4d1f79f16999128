import type { Part } from './catalog/label-values';
import { type Failure, failure } from './failure';
import { inParallel } from './in-parallel';
import { isUnreachable } from './unreachable';

interface RegionAnswer<A> {
  readonly region: string;
  readonly answer: A;
}

interface RegionAnswers<A> {
  readonly answers: RegionAnswer<A>[];
  readonly failures: Failure[];
  /** Regions whose service could not be reached, while that of another Region could. */
  readonly unreachable: string[];
}

/** Reads every Region, a few at a time, and returns the answers in the order of the Regions. A failing Region affects no other. */
export async function eachRegion<A>(
  regions: readonly string[],
  part: Part,
  ask: (region: string) => Promise<A>,
): Promise<RegionAnswers<A>> {
  const settled = await inParallel(regions, { atOnce: REGIONS_AT_ONCE }, (region) =>
    Promise.allSettled([ask(region)]),
  );
  const results = settled.map(([result], index) => ({ region: regions[index] ?? '', result }));
  const answers = results.flatMap(({ region, result }) =>
    result.status === 'fulfilled' ? [{ region, answer: result.value }] : [],
  );
  const rejected = results.flatMap(({ region, result }) =>
    result.status === 'rejected' ? [{ region, reason: result.reason as unknown }] : [],
  );
  const silent = rejected.filter(({ reason }) => isUnreachable(reason));
  // If no Region can be reached, the function itself has no way to AWS.
  const unreachable = silent.length < regions.length ? silent.map(({ region }) => region) : [];
  const failed = rejected.filter(({ region }) => !unreachable.includes(region));
  return {
    answers,
    unreachable,
    failures: failed.map(({ region, reason }) => failure(part, reason, region)),
  };
}

/** Each Region has its own throttle. The limit bounds the answers in the function's memory. */
const REGIONS_AT_ONCE = 4;
