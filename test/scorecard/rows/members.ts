import { BILL_ACCOUNT_ID, type Bill } from '../../../lib/local/bill/bill';
import { MEMBER_IDS, withMembers } from '../../support/deployment';
import { smallBill, windowTotal } from '../bills';
import { type Contents, healthOf, named, ofAccount, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';
import { COLLECTING, memberSuite, ORGANIZATION } from '../suite';

const [FIRST, SECOND] = MEMBER_IDS;
const ACCOUNTS = [BILL_ACCOUNT_ID, ...MEMBER_IDS];
const DAY_MS = 86_400_000;

const TODAY = smallBill({ members: MEMBER_IDS.length });
const TOMORROW = smallBill({
  members: MEMBER_IDS.length,
  asOf: new Date(TODAY.asOf.getTime() + DAY_MS),
});

export const MEMBER_ROWS: readonly Row[] = [
  {
    row: 'own account and two members',
    injected: 'every collector, each account another bill',
    expected: 'each its own groups, sums and health',
    run: async () => {
      const { contents } = await memberSuite();
      for (const accountId of ACCOUNTS) {
        expect(published(contents, accountId)).toEqual(owned(ORGANIZATION, accountId));
        const healths = collectorsRunIn(accountId).map((name) => healthOf(contents, name, accountId));
        expect(healths).toEqual(healths.map(() => WHOLE));
      }
      const runs = named(contents, 'tollgate_success_timestamp_seconds').length;
      return `${ACCOUNTS.length} accounts exact, ${runs} runs whole`;
    },
  },
  {
    row: 'one member throttled',
    injected: 'every CE call of one account: throttled',
    expected: 'it keeps its day and is named; others move on',
    run: () =>
      inScene(async (scene) => {
        const members = withMembers();
        await scene.run('services', { ...members, bill: TODAY });
        const faults = [{ action: 'ce:*', accountId: FIRST, kind: 'throttle' as const }];
        const ran = await scene.run('services', { ...members, bill: TOMORROW, faults });
        const contents = await scene.contents();
        expect(ran.error?.errorMessage).toMatch(
          new RegExp(`^services: incomplete run: account ${FIRST}: service_costs: .* \\(throttled\\)$`),
        );
        expect(ACCOUNTS.map((accountId) => servicesOf(contents, accountId))).toEqual(
          ACCOUNTS.map((accountId) => billed(accountId === FIRST ? TODAY : TOMORROW, accountId)),
        );
        expect(ACCOUNTS.map((accountId) => healthOf(contents, 'services', accountId))).toEqual([
          WHOLE,
          { ...WHOLE, incomplete: 1, failures: ['service_costs throttled'] },
          WHOLE,
        ]);
        return `${ran.failures?.join(', ')}; 2 of 3 new, 1 as before`;
      }),
  },
  {
    row: 'a member cannot be entered',
    injected: 'its role wants another externalId',
    expected: 'named with its account; the others pushed',
    run: () =>
      inScene(async (scene) => {
        const members = withMembers({ externalIds: { [FIRST]: 'another' } });
        const ran = await scene.run('services', { ...members, bill: TODAY });
        const contents = await scene.contents();
        expect(ran.error?.errorMessage).toMatch(
          new RegExp(`^services: incomplete run: account ${FIRST}: collect services: .*sts:AssumeRole`),
        );
        expect(ACCOUNTS.map((accountId) => servicesOf(contents, accountId))).toEqual([
          billed(TODAY, BILL_ACCOUNT_ID),
          '0.000000',
          billed(TODAY, SECOND),
        ]);
        expect(healthOf(contents, 'services', FIRST)).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: ['collect denied'],
        });
        return `${ran.failures?.join(', ')}; 2 of 3 accounts pushed`;
      }),
  },
];

const WHOLE = { incomplete: 0, successAt: expect.any(Number), failures: [] };

/** The management account's run of the accounts collector answers for all. */
function collectorsRunIn(accountId: string) {
  return COLLECTING.filter((name) => name !== 'accounts' || accountId === BILL_ACCOUNT_ID);
}

/** What the gateway says of an account, by the collector that says it. */
function published(all: Contents, accountId: string) {
  const contents = ofAccount(all, accountId);
  const labels = (metric: string, label: string) =>
    [...new Set(named(contents, metric).map((line) => line.labels[label]))].sort();
  return {
    'iam-users': labels('aws_iam_user_info', 'user_name'),
    'user-costs': sumOf(contents, 'aws_user_billed_cost_usd').toFixed(6),
    roles: labels('aws_iam_role_info', 'role_name'),
    accounts: labels('aws_account_info', 'account_name'),
    services: servicesOf(contents, accountId),
    projects: sumOf(contents, 'aws_project_billed_cost_usd').toFixed(6),
    tags: sumOf(contents, 'aws_resources'),
  };
}

/** What the bill says of the same. */
function owned(bill: Bill, accountId: string): ReturnType<typeof published> {
  const accounts = [{ ...bill, name: bill.accountName }, ...bill.members];
  const account = accounts.find((one) => one.accountId === accountId);
  if (!account) throw new Error(`expected an account of the bill, got ${accountId}`);
  return {
    'iam-users': account.users.map(({ userName }) => userName).sort(),
    'user-costs': billed(bill, accountId),
    roles: account.roles.map(({ roleName }) => roleName).sort(),
    accounts: [account.name],
    services: billed(bill, accountId),
    projects: billed(bill, accountId, 30),
    tags: account.resources.length,
  };
}

function servicesOf(contents: Contents, accountId: string): string {
  return sumOf(ofAccount(contents, accountId), 'aws_service_billed_cost_usd').toFixed(6);
}

function billed(bill: Bill, accountId: string, days?: number): string {
  const charges = bill.charges.filter((charge) => charge.accountId === accountId);
  return windowTotal({ ...bill, charges }, { days }).toFixed(6);
}
