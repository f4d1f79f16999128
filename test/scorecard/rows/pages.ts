import type { AwsFault } from '../../../lib/local/aws/server';
import { billOf, ownedBy, windowTotal } from '../bills';
import { healthOf, sumOf } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';

/** A bill of one day with fifty owners, each with one resource: each breakdown has fifty groups, and its total has one. */
const BILL = billOf(
  Array.from({ length: 50 }, (_, i) => ({
    ...ownedBy(`user-${i}`),
    resourceId: `i-0a${i}`,
    usd: `${i}.0000000${i + 1}`,
  })),
);
const MANY = { maxRequests: 500 };
const QUERY = 'ce:GetCostAndUsage';

export const PAGE_ROWS: readonly Row[] = [
  ...[1, 2, 50].map(pagesRow),
  restartRow('bad page token', 'page 3: InvalidNextTokenException, once', {
    page: 3,
    kind: 'invalid-page-token',
  }),
  restartRow('request changed', 'page 2: RequestChangedException, once', {
    page: 2,
    kind: 'request-changed',
  }),
  {
    row: 'page tokens are always bad',
    injected: 'page 3: InvalidNextTokenException, always',
    expected: 'restarted once, then failure named, nothing partial',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: QUERY, page: 3, kind: 'invalid-page-token' }];
        const ran = await scene.run('user-costs', { bill: BILL, pageSize: 10, faults, settings: MANY });
        const contents = await scene.contents();
        expect(ran.error?.errorMessage).toContain('The pagination token is invalid');
        expect(sumOf(contents, 'aws_user_billed_cost_usd')).toBe(0);
        const thirdPages = ran.requests.filter(({ action, page }) => action === QUERY && page === 3);
        expect(thirdPages).toHaveLength(2);
        return `${healthOf(contents, 'user-costs').failures.join(', ')}; read twice; 0 user costs`;
      }),
  },
];

function pagesRow(pages: number): Row {
  return {
    row: `${pages} ${pages === 1 ? 'page' : 'pages'} per answer`,
    injected: `${50 / pages} groups per page`,
    expected: 'exact sum, no page read twice',
    run: () =>
      inScene(async (scene) => {
        const ran = await scene.run('user-costs', { bill: BILL, pageSize: 50 / pages, settings: MANY });
        expect(ran.error).toBeUndefined();
        expect(sumOf(await scene.contents(), 'aws_user_billed_cost_usd')).toBeCloseTo(total(), 9);
        const later = costExplorerRequests(ran.requests).filter(({ page }) => page > 1);
        const sent = later.map(({ action, page }) => `${action} ${page}`);
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent).toHaveLength(2 * (pages - 1));
        return `${total()} USD; ${costExplorerRequests(ran.requests).length} requests, none twice`;
      }),
  };
}

function restartRow(
  row: string,
  injected: string,
  fault: Pick<AwsFault, 'page'> & { kind: 'invalid-page-token' | 'request-changed' },
): Row {
  return {
    row,
    injected,
    expected: 'restarted once, exact sum',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: QUERY, turns: [1], ...fault }];
        const ran = await scene.run('user-costs', { bill: BILL, pageSize: 10, faults, settings: MANY });
        expect(ran.error).toBeUndefined();
        const contents = await scene.contents();
        expect(sumOf(contents, 'aws_user_billed_cost_usd')).toBeCloseTo(total(), 9);
        expect(sumOf(contents, 'tollgate_breakdown_gap_usd')).toBe(0);
        return `complete, ${total()} USD, ${costExplorerRequests(ran.requests).length} requests`;
      }),
  };
}

function total(): number {
  return windowTotal(BILL).toNumber();
}
