import { readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { dayOf, firstOfMonth } from '../../lib/local/bill/day';
import { stopAll } from '../local/aws/simulation';
import { temporaryFolder } from '../support/temporary-folder';
import { dailyBill } from './bills';
import { paidPages, simulateFor, startBackfill } from './command';
import { compare } from './truths';

afterEach(stopAll);

test('thirteen months of twenty services in five Regions equal the bill on every day', async () => {
  const now = new Date();
  const today = dayOf(now);
  const bill = dailyBill({ services: 20, regions: 5, since: firstOfMonth(today, -13), today });
  const aws = await simulateFor({ bill, now: () => now, pageSize: 5_000 });
  const folder = await temporaryFolder();
  const file = path.join(folder, 'out.om');
  const startedAt = performance.now();
  const { code, stderr } = await startBackfill(aws, '--yes', '--cache', folder, '--out', file).ended;
  const seconds = (performance.now() - startedAt) / 1000;
  expect([code, stderr]).toEqual([0, expect.stringContaining('is complete')]);
  const { compared, differences } = compare(readFileSync(file, 'utf8'), bill);
  expect(differences).toEqual([]);
  // The first complete window begins with the oldest day of Cost Explorer: a day, 14 days or 30 days later.
  const most = compared.aws_account_month_to_date_billed_cost_usd ?? 0;
  expect(most).toBeGreaterThan(390);
  expect(compared).toMatchObject({
    aws_account_month_billed_cost_usd: most,
    aws_service_billed_cost_usd: most - 13,
    aws_user_billed_cost_usd: most - 13,
    aws_project_billed_cost_usd: most - 29,
  });
  process.stdout.write(
    `${most} days in ${seconds.toFixed(1)} s, ${paidPages(aws)} requests, ${(statSync(file).size / 1e6).toFixed(1)} MB\n`,
  );
});
