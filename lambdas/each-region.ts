import type { Part } from './catalog/label-values';
import { type Failure, failure } from './failure';
import { inBatches } from './in-batches';

interface RegionAnswer<A> {
  readonly region: string;
  readonly answer: A;
}

/** Asks every Region, a few at once, and answers in their order. One that fails leaves out that Region alone. */
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

/** Each Region throttles for itself; it is the function's memory that holds their answers. */
const REGIONS_AT_ONCE = 4;
