import * as path from 'node:path';
import { BILL_ACCOUNT_ID, type Bill, type Charge } from '../../../lib/local/bill/bill';
import { billOf, iamUser, ownedBy, windowTotal } from '../bills';
import { named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene, type Ran } from '../scene';

const USERS = 5_000;
const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'];
const SERVICES = Array.from({ length: 10 }, (_, i) => `Amazon Service ${i}`);

export const SCALE_ROWS: readonly Row[] = [
  {
    row: '5 000 users × 10 services',
    injected: '50 000 resources, 3 Regions',
    expected: '< 512 MB, 2 groups per Region, exact sum',
    run: () =>
      inScene(async (scene) => {
        const bill = largeBill();
        const environment = { NODE_OPTIONS: `--require ${path.join(__dirname, '../report-memory.cjs')}` };
        const inventory = await scene.run('iam-users', { bill, environment });
        const costs = await scene.run('user-costs', {
          bill,
          pageSize: 5_000,
          environment,
          settings: { maxSeries: 20_000, maxRequests: 100, resourceServices: SERVICES },
        });
        const contents = await scene.contents();
        expect([inventory.error, costs.error]).toEqual([undefined, undefined]);
        expect(megabytes(costs)).toBeLessThan(512);
        expect(megabytes(inventory)).toBeLessThan(512);
        expect(named(contents, 'aws_iam_user_info')).toHaveLength(USERS);
        expect(contents.groups.filter((job) => job.startsWith('IAM_'))).toHaveLength(1 + 2 * REGIONS.length);
        const billed = windowTotal(bill).toNumber();
        expect(Math.abs(sumOf(contents, 'aws_user_billed_cost_usd') - billed)).toBeLessThan(0.01);
        expect(Math.abs(sumOf(contents, 'aws_user_resource_billed_cost_usd') - billed)).toBeLessThan(0.01);
        return `${costs.seconds.toFixed(0)} s, ${megabytes(costs)} MB, ${contents.series.length} series`;
      }),
  },
];

function largeBill(): Bill {
  const names = Array.from({ length: USERS }, (_, i) => `user-${i}`);
  const charges = names.flatMap((name, user) =>
    SERVICES.map((service, i) => resource(name, { service, user, i })),
  );
  return billOf(charges, {
    users: names.map((name) => iamUser(name)),
    resources: charges.map(({ resourceId, region, tags }) => ({ arn: resourceId, region, tags })),
  });
}

function resource(
  name: string,
  { service, user, i }: { service: string; user: number; i: number },
): Pick<Charge, 'service' | 'region' | 'resourceId' | 'tags' | 'usd'> {
  const region = REGIONS[(user + i) % REGIONS.length] ?? '';
  const resourceId = `arn:aws:ec2:${region}:${BILL_ACCOUNT_ID}:instance/i-${user}-${i}`;
  return { ...ownedBy(name), service, region, resourceId, usd: `${user % 7}.${i}00001` };
}

function megabytes({ output }: Ran): number {
  const [, kilobytes = 'NaN'] = /max-rss-kb (\d+)/.exec(output) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
