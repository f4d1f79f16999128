import { everyAction } from '../../lambdas/catalog/actions';
import { stopAll } from '../local/aws/simulation';
import { chargeOf, MEMBER_ID, memberOf, organizationBill, userOf } from '../support/bill';
import { temporaryFolder } from '../support/temporary-folder';
import { dailyBill } from './bills';
import { PERMISSIONS, paidPages, simulateFor } from './command';
import { backfillOf } from './in-process';

afterEach(stopAll);

const NOW = new Date('2026-03-15T09:00:00Z');
const BILL = dailyBill({ services: 2, regions: 2, since: '2026-01-01', today: '2026-03-15' });
const ROLE = `arn:aws:iam::${MEMBER_ID}:role/tollgate`;

test('a sample has the labels of its group and of the installation, and the midnight of its run', async () => {
  const charges = [chargeOf({ day: '2026-03-13', usd: '1.25', tags: { Owner: 'ana' } })];
  const bill = organizationBill({ charges, users: [userOf('ana')] });
  const aws = await simulateFor({ bill, now: () => NOW });
  const { text } = await backfillOf(aws, { folder: await temporaryFolder(), now: NOW, days: 2 });
  const labels =
    'region="eu-west-1",service="Amazon Elastic Compute Cloud - Compute",job="Services_Cost_eu-west-1",account_id="111122223333",instance="blue"';
  expect(text.split('\n').filter((line) => line.includes('aws_service_day_billed_cost_usd'))).toEqual([
    '# TYPE aws_service_day_billed_cost_usd gauge',
    '# HELP aws_service_day_billed_cost_usd Billed cost of the last full UTC day by service.',
    `aws_service_day_billed_cost_usd{${labels}} 1.25 1773446400`,
    `aws_service_day_billed_cost_usd{${labels}} 0 1773532800`,
  ]);
  expect(text.endsWith('\n# EOF\n')).toBe(true);
});

test('only jobs with history are written', async () => {
  const aws = await simulateFor({ bill: BILL, now: () => NOW });
  const { text } = await backfillOf(aws, { folder: await temporaryFolder(), now: NOW });
  const jobs = new Set([...text.matchAll(/job="([^"]*)"/g)].map(([, job]) => job));
  expect([...jobs].sort()).toEqual([
    'IAM_User_Total_Services_Cost_List_eu-west-1',
    'IAM_User_Total_Services_Cost_List_us-east-1',
    'Project-Spend-Cost',
    'Services_Cost_eu-west-1',
    'Services_Cost_us-east-1',
    'Total_Account_Cost',
    'tollgate_success',
  ]);
});

test('a success has the time of its run', async () => {
  const aws = await simulateFor({ bill: BILL, now: () => NOW });
  const { text } = await backfillOf(aws, { folder: await temporaryFolder(), now: NOW, days: 1 });
  expect(text.split('\n').filter((line) => /^tollgate_success\w+\{.*"services"/.test(line))).toEqual([
    expect.stringMatching(/^tollgate_success_timestamp_seconds\{.*\} 1773532800 1773532800$/),
    expect.stringMatching(/^tollgate_success_period_end_timestamp_seconds\{.*\} 1773532800 1773532800$/),
  ]);
});

test('members are entered, each with its own queries, and the payer covers the accounts of its organization', async () => {
  const charges = [chargeOf({ usd: '1' }), chargeOf({ usd: '2', accountId: MEMBER_ID })];
  const bill = organizationBill({ charges, members: [memberOf()], asOf: NOW });
  const aws = await simulateFor({
    bill,
    now: () => NOW,
    callers: [{ accessKeyId: 'AKIABACKFILL', name: 'person', actions: [...PERMISSIONS, 'sts:AssumeRole'] }],
    memberRoles: [{ roleArn: ROLE, actions: everyAction() }],
  });
  const settings = { members: [{ accountId: MEMBER_ID, roleArn: ROLE }] };
  const { text, offer } = await backfillOf(aws, {
    folder: await temporaryFolder(),
    now: NOW,
    days: 1,
    settings,
  });
  const asked = offer?.plan.runs.map(({ collector, account }) => `${collector} ${account.accountId}`);
  expect(asked?.sort()).toEqual([
    'accounts 111122223333',
    'projects 111122223333',
    `projects ${MEMBER_ID}`,
    'services 111122223333',
    `services ${MEMBER_ID}`,
    'user-costs 111122223333',
    `user-costs ${MEMBER_ID}`,
  ]);
  const costs = text.split('\n').filter((line) => line.startsWith('aws_service_billed_cost_usd'));
  expect(costs).toEqual([
    expect.stringMatching(/account_id="111122223333".* 1 \d+$/),
    expect.stringMatching(new RegExp(`account_id="${MEMBER_ID}".* 2 \\d+$`)),
  ]);
});

test('a run that did not end is continued on the next day, with the days of its beginning', async () => {
  const whole = await simulateFor({ bill: BILL, now: () => NOW });
  const expected = await backfillOf(whole, { folder: await temporaryFolder(), now: NOW });
  const aws = await simulateFor({ bill: BILL, now: () => NOW });
  const folder = await temporaryFolder();
  await expect(backfillOf(aws, { folder, now: NOW, maxUsd: 0.03 })).rejects.toThrow(
    '--max-usd: the next request would exceed $0.03',
  );
  const { text } = await backfillOf(aws, { folder, now: new Date('2026-03-16T08:00:00Z') });
  expect([text === expected.text, paidPages(aws)]).toEqual([true, paidPages(whole)]);
});

test('a run that did not end two days ago begins again', async () => {
  const aws = await simulateFor({ bill: BILL, now: () => new Date('2026-03-17T09:00:00Z') });
  const folder = await temporaryFolder();
  await expect(backfillOf(aws, { folder, now: NOW, maxUsd: 0.03 })).rejects.toThrow('--max-usd');
  const { text } = await backfillOf(aws, { folder, now: new Date('2026-03-17T09:00:00Z') });
  expect(text).toMatch(/ 1773705600$/m);
});

test('a price that is not accepted sends no query, and does not begin a run', async () => {
  const aws = await simulateFor({ bill: BILL, now: () => new Date('2026-03-16T09:00:00Z') });
  const folder = await temporaryFolder();
  const { offer } = await backfillOf(aws, { folder, now: NOW, accepts: false });
  expect([offer?.queriesLeft, offer?.keptPages, paidPages(aws)]).toEqual([8, 0, 0]);
  const { text } = await backfillOf(aws, { folder, now: new Date('2026-03-16T08:00:00Z') });
  expect(text).toMatch(/ 1773619200$/m);
});

test('a query of which some pages are kept counts as one that is left', async () => {
  const aws = await simulateFor({ bill: BILL, now: () => NOW, pageSize: 50 });
  const folder = await temporaryFolder();
  await expect(backfillOf(aws, { folder, now: NOW, maxUsd: 0.01 })).rejects.toThrow('--max-usd');
  const { offer } = await backfillOf(aws, { folder, now: NOW, accepts: false });
  expect([offer?.queriesLeft, offer?.keptPages]).toEqual([8, 1]);
});

test('a page token that Cost Explorer has forgotten restarts the query once', async () => {
  const fault = { action: 'ce:GetCostAndUsage', kind: 'invalid-page-token', page: 2, turns: [1] } as const;
  const aws = await simulateFor({ bill: BILL, now: () => NOW, pageSize: 50, faults: [fault] });
  const whole = await simulateFor({ bill: BILL, now: () => NOW, pageSize: 50 });
  const expected = await backfillOf(whole, { folder: await temporaryFolder(), now: NOW });
  const { text } = await backfillOf(aws, { folder: await temporaryFolder(), now: NOW });
  expect([text === expected.text, paidPages(aws) - paidPages(whole)]).toEqual([true, 1]);
});

test('an answer without the requested days is an error, and is not kept', async () => {
  const fault = {
    action: 'ce:GetCostAndUsage',
    kind: 'without',
    member: 'ResultsByTime',
    turns: [1],
  } as const;
  const aws = await simulateFor({ bill: BILL, now: () => NOW, faults: [fault] });
  const folder = await temporaryFolder();
  await expect(backfillOf(aws, { folder, now: NOW })).rejects.toThrow(
    'expected ResultsByTime, got an answer without it',
  );
  await expect(backfillOf(aws, { folder, now: NOW })).resolves.toBeDefined();
});

test('an amount that cannot be read is an error, not zero', async () => {
  const fault = { action: 'ce:GetCostAndUsage', kind: 'amount', amount: '', turns: [1] } as const;
  const aws = await simulateFor({ bill: BILL, now: () => NOW, faults: [fault] });
  await expect(backfillOf(aws, { folder: await temporaryFolder(), now: NOW, days: 40 })).rejects.toThrow(
    'expected a decimal amount',
  );
});
