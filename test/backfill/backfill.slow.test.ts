import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { addDays, dayOf, firstOfMonth } from '../../lib/local/bill/day';
import { stopAll } from '../local/aws/simulation';
import { eventually } from '../support/eventually';
import { temporaryFolder } from '../support/temporary-folder';
import { dailyBill } from './bills';
import { paidPages, simulateFor, startBackfill } from './command';
import { compare } from './truths';

afterEach(stopAll);

const NOW = new Date();
const TODAY = dayOf(NOW);
const BILL = dailyBill({ services: 3, regions: 2, since: firstOfMonth(TODAY, -4), today: TODAY });
/** Groups on a page, so that each query has several pages. */
const PAGES = { bill: BILL, now: () => NOW, pageSize: 200 };

const flagsIn = (folder: string) => [
  '--months',
  '2',
  '--yes',
  '--cache',
  folder,
  '--out',
  path.join(folder, 'out.om'),
];
const fileIn = (folder: string) => readFileSync(path.join(folder, 'out.om'), 'utf8');

test('every day equals the bill, the price is printed, and a second run pays nothing', async () => {
  const aws = await simulateFor(PAGES);
  const folder = await temporaryFolder();
  const first = await startBackfill(aws, ...flagsIn(folder)).ended;
  expect([first.code, first.stdout]).toEqual([0, '']);
  expect(first.stderr).toContain('at least 8 requests, $0.08');
  expect(first.stderr).toContain(`Cost Explorer: $${(paidPages(aws) / 100).toFixed(2)}`);
  const file = path.join(folder, 'out.om');
  expect(first.stderr).toContain(
    `promtool tsdb create-blocks-from openmetrics --max-block-duration=720h ${file} DATA`,
  );
  const { compared, differences } = compare(fileIn(folder), BILL);
  expect(differences).toEqual([]);
  const days = runsSince(firstOfMonth(TODAY, -2));
  expect(new Set(Object.values(compared))).toEqual(new Set([days]));
  const paid = paidPages(aws);
  const before = fileIn(folder);
  const second = await startBackfill(aws, ...flagsIn(folder)).ended;
  expect(second.stderr).toContain(`${paid} answers are kept from an earlier run and cost nothing`);
  expect([second.code, paidPages(aws) - paid, fileIn(folder) === before]).toEqual([0, 0, true]);
});

test('a run that was killed continues: no request is paid twice and the result is identical', async () => {
  const whole = await simulateFor(PAGES);
  const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
  expect((await startBackfill(whole, ...flagsIn(other)).ended).code).toBe(0);
  const aws = await simulateFor({
    ...PAGES,
    faults: [{ action: 'ce:GetCostAndUsage', kind: 'hang', turns: [7] }],
  });
  const killed = startBackfill(aws, ...flagsIn(folder));
  await eventually(async () => expect(aws.requests.filter(({ fault }) => fault)).toHaveLength(1));
  killed.child.kill('SIGKILL');
  expect((await killed.ended).code).toBeNull();
  expect([paidPages(aws), existsSync(path.join(folder, 'out.om'))]).toEqual([6, false]);
  expect((await startBackfill(aws, ...flagsIn(folder)).ended).code).toBe(0);
  expect(paidPages(aws)).toBe(paidPages(whole));
  expect(fileIn(folder) === fileIn(other)).toBe(true);
});

test('Ctrl-C ends with 130, leaves only answers that were paid for, and the next run continues', async () => {
  const aws = await simulateFor({
    ...PAGES,
    faults: [{ action: 'ce:GetCostAndUsage', kind: 'hang', turns: [3] }],
  });
  const folder = await temporaryFolder();
  const stopped = startBackfill(aws, ...flagsIn(folder));
  await eventually(async () => expect(aws.requests.filter(({ fault }) => fault)).toHaveLength(1));
  stopped.child.kill('SIGINT');
  expect(await stopped.ended).toMatchObject({ code: 130, stdout: '' });
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
  expect(left.filter((name) => /answer-/.test(name))).toHaveLength(2);
  expect(left.filter((name) => !name.endsWith('.json'))).toEqual([]);
  expect((await startBackfill(aws, ...flagsIn(folder)).ended).code).toBe(0);
});

test('the limit of --max-usd stops the run before it is exceeded, and a higher one continues', async () => {
  const aws = await simulateFor(PAGES);
  const folder = await temporaryFolder();
  const stopped = await startBackfill(aws, ...flagsIn(folder), '--max-usd', '0.05').ended;
  expect([stopped.code, paidPages(aws)]).toEqual([1, 5]);
  expect(stopped.stderr).toContain(
    '--max-usd: the next request would exceed $0.05; everything that was paid for is kept',
  );
  const continued = await startBackfill(aws, ...flagsIn(folder), '--out', '-').ended;
  expect(continued.code).toBe(0);
  expect(compare(continued.stdout, BILL).differences).toEqual([]);
});

test('what AWS refuses is named', async () => {
  const aws = await simulateFor({ ...PAGES, denied: ['ce:GetCostAndUsage'] });
  const { code, stderr } = await startBackfill(aws, ...flagsIn(await temporaryFolder())).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^AWS: .* is not authorized to perform: ce:GetCostAndUsage .*\(AccessDeniedException\)$/m,
  );
});

/** Returns the number of runs since the one that covers a day. */
function runsSince(first: string): number {
  const last = dayOf(new Date(NOW.getTime() - 3 * 3_600_000));
  let runs = 0;
  for (let day = addDays(first, 1); day <= last; day = addDays(day, 1)) runs += 1;
  return runs;
}
