import { readFileSync } from 'node:fs';
import { templates } from '../../support/deployed';
import { smallBill } from '../bills';
import { facts } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

const MORNING = new Date('2026-03-15T06:00:00Z');
const EVENING = new Date('2026-03-15T23:30:00Z');
const AFTER_MIDNIGHT = new Date('2026-03-16T00:40:00Z');
const SECONDS_A_DAY = 86_400;

export const DELIVERY_ROWS: readonly Row[] = [
  {
    row: 'event delivered twice',
    injected: 'one event, delivered twice in a row',
    expected: 'stored state does not change',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const once = facts(await scene.contents());
        expect((await scene.run('user-costs')).error).toBeUndefined();
        expect(facts(await scene.contents())).toEqual(once);
        return `${once.length} series, unchanged`;
      }),
  },
  {
    row: 'runs overlap',
    injected: 'one event, delivered three times at once',
    expected: 'stored state does not change',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const once = facts(await scene.contents());
        const ran = await Promise.all([1, 2, 3].map(() => scene.run('user-costs')));
        expect(ran.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
        expect(facts(await scene.contents())).toEqual(once);
        return `${once.length} series, unchanged`;
      }),
  },
  {
    row: 'late older run',
    injected: 'the morning’s event arrives after the evening’s',
    expected: 'state unchanged; no event lives a day',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill({ asOf: EVENING });
        await scene.run('user-costs', { bill });
        const evening = facts(await scene.contents());
        const late = await scene.run('user-costs', { bill, scheduledTime: MORNING });
        expect(late.error).toBeUndefined();
        expect(facts(await scene.contents())).toEqual(evening);
        const oldest = await oldestEventSeconds();
        expect(oldest).toBeLessThan(SECONDS_A_DAY);
        return `${evening.length} series, unchanged; events live ≤ ${oldest / 3600} h`;
      }),
  },
  {
    row: 'retry after midnight',
    injected: 'the event of 23:30, retried at 00:40',
    expected: 'same days, stored state does not change',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill({ asOf: AFTER_MIDNIGHT });
        await scene.run('user-costs', { bill: { ...bill, asOf: EVENING } });
        const evening = settled(facts(await scene.contents()));
        const late = await scene.run('user-costs', { bill, scheduledTime: EVENING });
        expect(late.error).toBeUndefined();
        expect(settled(facts(await scene.contents()))).toEqual(evening);
        return `${evening.length} series, unchanged`;
      }),
  },
];

/** Removes the series that says which days are estimated: AWS's answer depends on the time of the request. */
function settled(series: ReturnType<typeof facts>): ReturnType<typeof facts> {
  return series.filter((one) => !JSON.stringify(one).includes('aws_region_day_estimated'));
}

/** Resolves with the longest time that Scheduler and then Lambda keep an event, read from the templates. */
async function oldestEventSeconds(): Promise<number> {
  const ages = (await templates()).map((file) => {
    const found = readFileSync(file, 'utf8').matchAll(/"MaximumEventAgeInSeconds": (\d+)/g);
    return Math.max(...[...found].map(([, seconds]) => Number(seconds)));
  });
  return 2 * Math.max(...ages);
}
