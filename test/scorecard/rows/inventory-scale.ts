import * as path from 'node:path';
import { BILL_ACCOUNT_ID, type Bill, type Charge } from '../../../lib/local/bill/bill';
import { GENERATED_REGIONS } from '../../../lib/local/bill/generated';
import { billOf, COMPUTE, iamUser, ownedBy, windowTotal } from '../bills';
import { type Contents, named, sumOf } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene, type Ran } from '../scene';

const USERS = Array.from({ length: 5_000 }, (_, i) => iamUser(`user-${i}`));
const REGIONS = GENERATED_REGIONS.slice(0, 10);

/** The cost window of a run on the 8th covers days of two months, which doubles the rows. */
const AS_OF = new Date('2026-03-08T06:00:00Z');
const DAYS = ['2026-02-25', '2026-03-05'];

/** Rows of a page of Cost Explorer, which AWS does not document. */
const PAGE = 1_000;

export const INVENTORY_SCALE_ROWS: readonly Row[] = [
  {
    row: '5 000 users × 10 Regions on the 8th',
    injected: `default settings, 20 000 instances, pages of ${PAGE} rows`,
    expected: 'every user by name everywhere, exact sum, < 768 MB',
    run: () =>
      inScene(async (scene) => {
        const bill = twoMonths();
        const environment = { NODE_OPTIONS: `--require ${path.join(__dirname, '../report-memory.cjs')}` };
        const inventory = await scene.run('iam-users', { bill, environment });
        const costs = await scene.run('user-costs', { bill, environment, pageSize: PAGE });
        const contents = await scene.contents();
        expect([inventory.error, costs.error]).toEqual([undefined, undefined]);
        expect(namesIn(contents, 'aws_iam_user_info')).toBe(USERS.length);
        expect(namesIn(contents, 'aws_user_billed_cost_usd')).toBe(USERS.length * REGIONS.length);
        expect(sumOf(contents, 'aws_user_billed_cost_usd')).toBeCloseTo(windowTotal(bill).toNumber(), 2);
        expect(megabytes(costs)).toBeLessThan(768);
        const requests = costExplorerRequests(costs.requests).length;
        return `${costs.seconds.toFixed(0)} s, ${megabytes(costs)} MB, ${contents.series.length} series, ${requests} requests`;
      }),
  },
];

/** Returns a bill in which every user has cost in every Region in both months; four Regions have instances. */
function twoMonths(): Bill {
  const charges = USERS.flatMap(({ userName }, user) =>
    REGIONS.flatMap((region, at) => DAYS.map((day) => chargeOf({ userName, user, region, at, day }))),
  );
  return billOf(charges, { asOf: AS_OF, users: USERS });
}

interface Cell {
  readonly userName: string;
  readonly user: number;
  readonly region: string;
  readonly at: number;
  readonly day: string;
}

function chargeOf({ userName, user, region, at, day }: Cell): Partial<Charge> {
  const instance = `arn:aws:ec2:${region}:${BILL_ACCOUNT_ID}:instance/i-${user}-${at}`;
  const kind =
    at < 4 ? { service: COMPUTE, resourceId: instance } : { service: 'Amazon Simple Storage Service' };
  return { ...ownedBy(userName), ...kind, region, day, usd: `${user % 7}.${at}1` };
}

function namesIn(contents: Contents, metric: string): number {
  return named(contents, metric).filter(({ labels }) => !labels.user_name?.startsWith('__')).length;
}

function megabytes({ output }: Ran): number {
  const [, kilobytes = 'NaN'] = /max-rss-kb (\d+)/.exec(output) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
