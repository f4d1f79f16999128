import type { AwsFault } from '../../../lib/local/aws/server';
import { smallBill, windowTotal } from '../bills';
import { healthOf, sumOf } from '../contents';
import { ended, limitSeconds } from '../limit';
import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';

const EVERYTHING = 'ce:*';

interface Broken {
  readonly row: string;
  readonly injected: string;
  readonly fault: AwsFault;
  readonly reason: string;
  /** True if only the deadline ends the wait. @default false: the SDK gives up after its attempts */
  readonly isEndless?: boolean;
  /** Pattern in the error of the function. */
  readonly message: RegExp;
}

/** Faults of Cost Explorer in every call, with the reason that the run must report. */
const BROKEN: readonly Broken[] = [
  {
    row: 'all calls throttled',
    injected: 'every CE call: LimitExceededException',
    fault: { action: EVERYTHING, kind: 'throttle' },
    reason: 'throttled',
    message: /Rate exceeded/,
  },
  {
    row: 'Cost Explorer is silent',
    injected: 'every CE call: no answer',
    fault: { action: EVERYTHING, kind: 'hang' },
    reason: 'timeout',
    isEndless: true,
    message: /aborted/,
  },
  {
    row: 'Cost Explorer drips',
    injected: 'every CE answer: one byte every 50 ms',
    fault: { action: EVERYTHING, kind: 'drip' },
    reason: 'timeout',
    isEndless: true,
    message: /aborted/,
  },
  {
    row: 'Cost Explorer resets',
    injected: 'every CE call: connection reset',
    fault: { action: EVERYTHING, kind: 'reset' },
    reason: 'timeout', // The SDK names the error by what its connection does.
    message: /ECONNRESET/,
  },
  {
    row: 'Cost Explorer answers are cut',
    injected: 'every CE answer: half of the body',
    fault: { action: EVERYTHING, kind: 'truncate' },
    reason: 'bad_answer',
    message: /GetCostAndUsage: expected a complete answer, got HTTP 200 and a connection that was cut/,
  },
  {
    row: 'Cost Explorer has an internal error',
    injected: 'every CE call: 500',
    fault: { action: EVERYTHING, kind: 'error-500' },
    reason: 'other',
    message: /An internal error has occurred/,
  },
  {
    row: 'Cost Explorer is unavailable',
    injected: 'every CE call: 503',
    fault: { action: EVERYTHING, kind: 'error-503' },
    reason: 'other',
    message: /Service is unavailable/,
  },
];

export const COST_EXPLORER_ROWS: readonly Row[] = [
  ...BROKEN.map(brokenRow),
  {
    row: 'second pages are lost',
    injected: 'every second page: connection reset',
    expected: 'nothing partial, no first pages either',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'ce:GetCostAndUsage', page: 2, kind: 'reset' }];
        const ran = await scene.run('user-costs', { faults, pageSize: 20 });
        expect(ran.error?.errorType).toBe('IncompleteRunError');
        const { groups } = await scene.contents();
        expect(groups).toEqual(['tollgate']);
        return `${ran.failures?.join(', ')}; 0 cost groups`;
      }),
  },
  {
    row: '30 % of calls throttled',
    injected: 'CE, seeded: LimitExceededException',
    expected: 'complete, at most 60 % more requests',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill();
        const paged = { bill, pageSize: 8, settings: { maxRequests: 500 } };
        const calm = await scene.run('user-costs', paged);
        const faults: AwsFault[] = [{ action: EVERYTHING, kind: 'throttle', probability: 0.3, seed: 7 }];
        const ran = await scene.run('user-costs', { ...paged, faults });
        const [before, after] = [calm, ran].map(({ requests }) => costExplorerRequests(requests).length);
        expect(ran.error).toBeUndefined();
        expect(after).toBeGreaterThan(before ?? 0);
        expect((after ?? 0) / (before ?? 0)).toBeLessThanOrEqual(1.6);
        expect(sumOf(await scene.contents(), 'aws_user_billed_cost_usd')).toBeCloseTo(
          windowTotal(bill).toNumber(),
          6,
        );
        return `complete, ${after} instead of ${before} requests`;
      }),
  },
];

function brokenRow({ row, injected, fault, reason, isEndless, message }: Broken): Row {
  return {
    row,
    waits: isEndless,
    injected,
    expected: `ends, reports ${reason}, nothing partial`,
    run: () =>
      inScene(async (scene) => {
        const timeoutSeconds = isEndless ? await limitSeconds() : undefined;
        const ran = await scene.run('user-costs', { faults: [fault], timeoutSeconds });
        const contents = await scene.contents();
        const health = healthOf(contents, 'user-costs');
        expect(ran.error?.errorType).toBe('IncompleteRunError');
        expect(ran.error?.errorMessage).toMatch(message);
        expect(health).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: [`resource_costs ${reason}`, `user_costs ${reason}`],
        });
        expect(contents.groups).toEqual(['tollgate']);
        return `${health.failures.join(', ')}; ${ended(ran, timeoutSeconds)}; 0 cost groups`;
      }),
  };
}
