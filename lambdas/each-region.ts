import type { Part } from './catalog/label-values';
import { type Failure, failure } from './failure';
import { inBatches } from './in-batches';

interface RegionAnswer<A> {
  readonly region: string;
  readonly answer: A;
}

/** Reads every Region, a few at a time, and returns the answers in the order of the Regions. A failing Region affects no other. */
export async function eachRegion<A>(
  regions: readonly string[],
  part: Part,
  ask: (region: string) => Promise<A>,
): Promise<{ answers: RegionAnswer<A>[]; failures: Failure[] }> {
  const answers: RegionAnswer<A>[] = [];
  const failures: Failure[] = [];
  const settled = await inBatches(regions, REGIONS_AT_ONCE, (region) => Promise.allSettled([ask(region)]));
  settled.forEach(([result], index) => {
    const region = regions[index] ?? '';
    if (result.status === 'fulfilled') answers.push({ region, answer: result.value });
    else failures.push(failure(part, result.reason, region));
  });
  return { answers, failures };
}

/** Each Region has its own throttle. The limit bounds the answers in the function's memory. */
const REGIONS_AT_ONCE = 4;
