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
    injected: 'every collector; each account has its own bill',
    expected: 'each account has its own groups, sums and health',
    run: async () => {
      const { contents } = await memberSuite();
      for (const accountId of ACCOUNTS) {
        expect(published(contents, accountId)).toEqual(owned(ORGANIZATION, accountId));
        const healths = collectorsRunIn(accountId).map((name) => healthOf(contents, name, accountId));
        expect(healths).toEqual(healths.map(() => COMPLETE));
      }
      const runs = named(contents, 'tollgate_success_timestamp_seconds').length;
      return `${ACCOUNTS.length} accounts exact, ${runs} runs complete`;
    },
  },
  {
    row: 'one member throttled',
    injected: 'every CE call of one account: throttled',
    expected: 'it keeps its day and is named; others get the new day',
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
          COMPLETE,
          { ...COMPLETE, incomplete: 1, failures: ['service_costs throttled'] },
          COMPLETE,
        ]);
        return `${ran.failures?.join(', ')}; 2 of 3 new, 1 as before`;
      }),
  },
  {
    row: 'a member cannot be entered',
    injected: 'its role requires another externalId',
    expected: 'failure and account named; others pushed',
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

const COMPLETE = { incomplete: 0, successAt: expect.any(Number), failures: [] };

/** Returns the collectors that run in an account: only the management account runs `accounts`, for all. */
function collectorsRunIn(accountId: string) {
  return COLLECTING.filter((name) => name !== 'accounts' || accountId === BILL_ACCOUNT_ID);
}

/** Returns the gateway's facts about an account, by collector. */
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

/** Returns the bill's facts about an account, by collector. */
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
