import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { templates } from '../../support/deployed';
import { bodyOf, startHttpServer } from '../../support/http-server';
import { smallBill } from '../bills';
import { facts } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene, type Ran, type RunOptions } from '../scene';

const DAY_BEFORE = new Date('2026-03-14T06:00:00Z');
const MORNING = new Date('2026-03-15T06:00:00Z');
const EVENING = new Date('2026-03-15T23:30:00Z');
const AFTER_MIDNIGHT = new Date('2026-03-16T00:40:00Z');
const SECONDS_A_DAY = 86_400;

export const DELIVERY_ROWS: readonly Row[] = [
  {
    row: 'event delivered twice',
    injected: 'one event, delivered twice in a row',
    expected: 'state unchanged; the second pays nothing',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        await scene.run('user-costs', { ledger });
        const once = facts(await scene.contents());
        const twice = await scene.run('user-costs', { ledger });
        expect([twice.error, costExplorerRequests(twice.requests)]).toEqual([undefined, []]);
        expect(facts(await scene.contents())).toEqual(once);
        return `${once.length} series, unchanged; 0 paid requests`;
      }),
  },
  {
    row: 'event delivered three times at once',
    injected: 'one event, three invocations that overlap',
    expected: 'stored state does not change',
    run: () =>
      inScene(async (scene) => {
        await scene.run('user-costs');
        const once = facts(await scene.contents());
        const { ledger } = scene;
        const ran = await Promise.all([1, 2, 3].map(() => scene.run('user-costs', { ledger })));
        expect(ran.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
        expect(facts(await scene.contents())).toEqual(once);
        return `${once.length} series, unchanged`;
      }),
  },
  {
    row: 'runs overlap',
    injected: 'the evening’s run, with a new Region, runs within the morning’s',
    expected: 'newer data stays, the new Region included',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        const morning = smallBill({ asOf: MORNING });
        const evening = smallBill({ asOf: EVENING, regions: 3, users: 7 });
        await scene.run('user-costs', { ledger, bill: { ...morning, asOf: DAY_BEFORE } });
        const during = await holding(scene.gateway.url, () =>
          scene.run('user-costs', { ledger, bill: evening }),
        );
        const slow = await scene.run('user-costs', { ledger, bill: morning, gatewayUrl: during.url });
        const fast = await during.stop();
        expect([slow.error, fast?.error]).toEqual([undefined, undefined]);
        const both = facts(await scene.contents());
        expect(both).toEqual(await alone({ bill: evening }));
        return `${both.length} series, those of the evening`;
      }),
  },
  {
    row: 'late older run',
    injected: 'the morning’s event, with its own data, after the evening’s',
    expected: 'refused with advice, unpaid; no event lives a day',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        await scene.run('user-costs', { ledger, bill: smallBill({ asOf: EVENING, users: 7 }) });
        const evening = facts(await scene.contents());
        const late = await scene.run('user-costs', {
          ledger,
          bill: smallBill({ asOf: MORNING, regions: 1 }),
        });
        expect(late.error?.errorMessage).toMatch(/would publish older numbers; add "replace": true/);
        expect(costExplorerRequests(late.requests)).toEqual([]);
        expect(facts(await scene.contents())).toEqual(evening);
        const oldest = await oldestEventSeconds();
        expect(oldest).toBeLessThan(SECONDS_A_DAY);
        return `${evening.length} series, unchanged; events live ≤ ${oldest / 3600} h`;
      }),
  },
  {
    row: 'older run by hand',
    injected: 'the same event with "replace": true',
    expected: 'its numbers replace the newer ones',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        const morning = smallBill({ asOf: MORNING, regions: 1 });
        await scene.run('user-costs', { ledger, bill: smallBill({ asOf: EVENING, users: 7 }) });
        const replaced = await scene.run('user-costs', { ledger, bill: morning, event: { replace: true } });
        expect(replaced.error).toBeUndefined();
        const now = facts(await scene.contents());
        expect(now).toEqual(await alone({ bill: morning }));
        return `${now.length} series, those of the morning`;
      }),
  },
  {
    row: 'run of tomorrow',
    injected: 'an event whose time is a day ahead of the clock',
    expected: 'refused with advice, unpaid, nothing pushed',
    run: () =>
      inScene(async (scene) => {
        const { ledger } = scene;
        const bill = smallBill({ asOf: EVENING });
        const early = await scene.run('user-costs', { ledger, bill, clock: DAY_BEFORE });
        expect(early.error?.errorMessage).toMatch(/at most five minutes after .*; add "replace": true/);
        expect(costExplorerRequests(early.requests)).toEqual([]);
        expect((await scene.contents()).series).toEqual([]);
        return 'refused, 0 paid requests';
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

/** Returns the series of one run on an empty gateway. */
function alone(options: RunOptions): Promise<string[]> {
  return inScene(async (scene) => {
    expect((await scene.run('user-costs', options)).error).toBeUndefined();
    return facts(await scene.contents());
  });
}

/** Starts a proxy whose first request waits until another run has ended. */
async function holding(gatewayUrl: string, meanwhile: () => Promise<Ran>) {
  let ran: Promise<Ran> | undefined;
  const { url, stop } = await startHttpServer(async (incoming, response) => {
    const body = await bodyOf(incoming);
    ran ??= meanwhile();
    await ran;
    await forward(gatewayUrl, { incoming, body, response });
  });
  return {
    url,
    stop: async () => {
      await stop();
      return ran;
    },
  };
}

async function forward(
  gatewayUrl: string,
  { incoming, body, response }: { incoming: IncomingMessage; body: Buffer; response: ServerResponse },
): Promise<void> {
  const { method = 'GET', url = '', headers } = incoming;
  const encoding = headers['content-encoding'];
  const answer = await fetch(`${gatewayUrl}${url}`, {
    method,
    headers: encoding ? { 'content-encoding': encoding } : {},
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(await answer.text());
}
