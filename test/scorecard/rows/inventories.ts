import { type AccountState, BILL_ACCOUNT_ID, type Bill } from '../../../lib/local/bill/bill';
import { MEMBER_ID, memberOf, organizationBill } from '../../support/bill';
import { billOf, iamUser, NOON, ownedBy, windowTotal } from '../bills';
import { type Contents, named, ofAccount, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';
import { runComplete } from '../suite';

/** An account that is closed from the start. */
const RETIRED_ID = '999900001111';

const SERVICES = Array.from({ length: 30 }, (_, i) => `Amazon Service ${i}`);

/** Users beyond the `maxSeries` of 20 that the row sets. */
const USERS = Array.from({ length: 40 }, (_, i) => iamUser(`user-${i}`));

export const INVENTORY_ROWS: readonly Row[] = [
  {
    row: 'closed accounts on the invoice',
    injected: 'two accounts with cost this year are closed',
    expected: 'their months stay; all months add up to the invoice',
    run: () =>
      inScene(async (scene) => {
        await runComplete(scene, ['accounts'], { bill: closing('ACTIVE') });
        const after = await runComplete(scene, ['accounts'], { bill: closing('SUSPENDED') });
        const months = named(after, 'aws_account_month_billed_cost_usd');
        const byAccount = Object.fromEntries(months.map(({ labels, value }) => [labels.account_id, value]));
        expect(byAccount).toEqual({ [BILL_ACCOUNT_ID]: 14, [MEMBER_ID]: 28, [RETIRED_ID]: 42 });
        expect(stateOf(after, MEMBER_ID)).toBe('SUSPENDED');
        expect(jobsOf(ofAccount(after, RETIRED_ID))).toEqual(['Linked_Accounts', 'Total_Account_Cost']);
        expect(sumOf(after, 'aws_account_month_billed_cost_usd')).toBe(
          windowTotal(closing('ACTIVE')).toNumber(),
        );
        return '3 of 3 accounts, $84 of $84';
      }),
  },
  {
    row: 'closed account without cost',
    injected: 'the invoice no longer has a closed account',
    expected: 'no group of it is left',
    run: () =>
      inScene(async (scene) => {
        await runComplete(scene, ['accounts'], { bill: closing('SUSPENDED') });
        const later = closing('SUSPENDED');
        const charges = later.charges.filter(({ accountId }) => accountId !== RETIRED_ID);
        const after = await runComplete(scene, ['accounts'], { bill: { ...later, charges } });
        expect(jobsOf(ofAccount(after, MEMBER_ID))).toEqual(['Linked_Accounts', 'Total_Account_Cost']);
        expect(jobsOf(ofAccount(after, RETIRED_ID))).toEqual([]);
        return '2 groups of the one with cost, 0 of the other';
      }),
  },
  {
    row: 'rows beyond a limit',
    injected: '30 services and maxSeries 20',
    expected: 'their number and their cost are metrics',
    run: () =>
      inScene(async (scene) => {
        const bill = billOf(SERVICES.map((service, i) => ({ service, usd: String(i + 1) })));
        const all = await runComplete(scene, ['services'], { bill });
        expect(aggregated(all)).toEqual(['services 0', 'services 0']);
        const few = await runComplete(scene, ['services'], { bill, settings: { maxSeries: 20 } });
        const other = named(few, 'aws_service_billed_cost_usd').filter(
          ({ labels }) => labels.service === '__other__',
        );
        const [rows, usd] = ['tollgate_aggregated_rows', 'tollgate_aggregated_usd'].map((name) =>
          sumOf(few, name),
        );
        expect(rows).toBe(30 - (named(few, 'aws_service_billed_cost_usd').length - 1));
        expect(usd).toBe(other[0]?.value);
        return `0, then ${rows} services of $${usd}`;
      }),
  },
  {
    row: 'users beyond maxSeries',
    injected: '40 users and maxSeries 20',
    expected: 'every user by name, in the inventory and in each Region',
    run: () =>
      inScene(async (scene) => {
        const bill = billOf([ownedBy('user-0'), { region: 'us-east-1', ...ownedBy('user-1') }], {
          users: USERS,
        });
        const collectors = ['iam-users', 'user-costs'] as const;
        const contents = await runComplete(scene, collectors, { bill, settings: { maxSeries: 20 } });
        expect(namesIn(contents, 'aws_iam_user_info')).toBe(USERS.length);
        expect(namesIn(contents, 'aws_user_billed_cost_usd')).toBe(2 * USERS.length);
        expect(sumOf(contents, 'tollgate_aggregated_rows')).toBe(0);
        return '40 of 40 users, 80 of 80 cells';
      }),
  },
];

/** Returns a bill of three accounts, of which one is in the given state and one is closed. */
function closing(state: AccountState): Bill {
  const { organization, ...bill } = organizationBill({ asOf: NOON });
  const accounts = (organization?.accounts ?? []).map((account) =>
    account.id === MEMBER_ID ? { ...account, state } : account,
  );
  return {
    ...bill,
    charges: charges(),
    members: [memberOf({ state })],
    ...(organization && { organization: { ...organization, accounts } }),
  };
}

/** Returns fourteen days of charges of one, two and three dollars. */
function charges(): Bill['charges'] {
  const days = Array.from({ length: 14 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);
  const lines = [{}, { accountId: MEMBER_ID, usd: '2' }, { accountId: RETIRED_ID, usd: '3' }];
  return billOf(days.flatMap((day) => lines.map((line) => ({ day, ...line })))).charges;
}

function stateOf(contents: Contents, accountId: string): string | undefined {
  return named(ofAccount(contents, accountId), 'aws_account_info')[0]?.labels.state;
}

function jobsOf({ series }: Contents): string[] {
  return [...new Set(series.map(({ labels }) => labels.job ?? ''))].sort();
}

/** Returns the lists of a gateway and the values of both of their metrics. */
function aggregated(contents: Contents): string[] {
  return ['tollgate_aggregated_rows', 'tollgate_aggregated_usd'].flatMap((name) =>
    named(contents, name).map(({ labels, value }) => `${labels.list} ${value}`),
  );
}

/** Returns the number of rows that name a user. */
function namesIn(contents: Contents, metric: string): number {
  return named(contents, metric).filter(({ labels }) => !labels.user_name?.startsWith('__')).length;
}
