import * as path from 'node:path';
import type { AwsFault } from '../../../lib/local/aws/server';
import { billOf, ownedBy, smallBill, windowTotal } from '../bills';
import { healthOf, named, sumOf } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene, type Ran } from '../scene';

/** A bill of many owners, so that answers have several pages. */
const BILL = billOf(
  Array.from({ length: 20 }, (_, i) => ({ ...ownedBy(`user-${i}`), resourceId: `i-0a${i}`, usd: '1.25' })),
);

const MEGABYTE = 1024 * 1024;

/** Random failures: at most three in a row, which retries within the invocation answer. */
const RANDOM: readonly AwsFault[] = [
  { action: 'ce:*', kind: 'error-500', turns: [1] },
  { action: 'ce:*', kind: 'error-503', turns: [2] },
  { action: 'ce:*', kind: 'reset', turns: [3] },
  { action: 'ce:*', kind: 'truncate', turns: [5] },
  { action: 'ce:*', kind: 'web-page', turns: [6] },
  { action: 'ce:*', kind: 'web-page', status: 502, turns: [7] },
  { action: 'iam:ListUsers', kind: 'web-page', turns: [1] },
  { action: 'iam:ListUsers', kind: 'truncate', turns: [2] },
  { action: 'tag:GetResources', kind: 'web-page', status: 407, turns: [1] },
];

export const PROXY_ROWS: readonly Row[] = [
  {
    row: 'a proxy answers with a web page',
    injected: 'every CE answer: 200, text/html',
    expected: 'bad_answer: service, operation, status, type',
    run: () =>
      inScene(async (scene) => {
        const ran = await scene.run('user-costs', { faults: [{ action: 'ce:*', kind: 'web-page' }] });
        expect(ran.error?.errorMessage).toContain(
          'Cost Explorer GetCostAndUsage: expected an answer of AWS, got HTTP 200 with content type text/html',
        );
        expect(ran.error?.errorMessage).not.toMatch(/Unexpected token|hidden field/);
        expect(healthOf(await scene.contents(), 'user-costs').failures).toEqual([
          'resource_costs bad_answer',
          'user_costs bad_answer',
        ]);
        return `${ran.failures?.join(', ')}; ${ran.requests.length} requests`;
      }),
  },
  {
    row: 'one bad answer of each kind',
    injected: '500, 503, reset, cut, web page: once each',
    expected: 'complete in the same invocation, each counted',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill();
        const ran = await scene.run('user-costs', { bill, faults: RANDOM });
        const contents = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(sumOf(contents, 'aws_user_billed_cost_usd')).toBeCloseTo(windowTotal(bill).toNumber(), 6);
        const struck = ran.requests.filter(({ fault }) => fault).length;
        const failed = named(contents, 'tollgate_run_aws_requests').filter(
          ({ labels }) => labels.outcome !== 'ok',
        );
        expect(failed.reduce((sum, { value }) => sum + value, 0)).toBe(struck);
        expect(struck).toBe(RANDOM.length);
        return `complete; ${struck} of ${ran.requests.length} attempts failed`;
      }),
  },
  {
    row: 'a page token that repeats',
    injected: 'each following page names its own token',
    expected: 'failure named after 2 requests, none further',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'ce:*', kind: 'same-token' }];
        const ran = await scene.run('projects', {
          bill: BILL,
          pageSize: 5,
          faults: faults,
          settings: OWNERS,
        });
        expect(ran.error?.errorMessage).toMatch(/expected another page token on each page, got one twice/);
        const sent = costExplorerRequests(ran.requests).length;
        expect(sent).toBeLessThanOrEqual(2);
        return `${ran.failures?.join(', ')}; ${sent} requests`;
      }),
  },
  {
    row: 'an answer of 400 MB',
    injected: 'CE, 400 MB of white space before the answer',
    expected: 'failure names limit, < 512 MB of memory',
    run: () =>
      inScene(async (scene) => {
        const environment = { NODE_OPTIONS: `--require ${path.join(__dirname, '../report-memory.cjs')}` };
        const faults: AwsFault[] = [{ action: 'ce:*', kind: 'padded', bytes: 400 * MEGABYTE }];
        const ran = await scene.run('services', { bill: BILL, faults, environment });
        expect(megabytes(ran)).toBeLessThan(512);
        expect(ran.error?.errorMessage).toMatch(
          /Cost Explorer GetCostAndUsage: expected an answer of at most \d+ MB/,
        );
        return `${ran.failures?.join(', ')}; ${megabytes(ran)} MB`;
      }),
  },
];

/** The projects are the owners. */
const OWNERS = { projectTag: 'Owner' };

function megabytes({ output }: Ran): number {
  const [, kilobytes = 'NaN'] = /max-rss-kb (\d+)/.exec(output) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
