import { accounts } from '../../../lambdas/collectors/accounts/collector';
import type { AccountMonthCost, AccountsSource } from '../../../lambdas/collectors/accounts/port';
import { dollars } from '../../support/amounts';
import { ACCOUNT, exposition } from '../../support/exposition';

const OTHER = '222233334444';
const CLOSED = '333344445555';
const AT = '2026-03-10T07:00:00Z';

test('publishes a group for each account; the check is in the group of the account of the run', async () => {
  expect(await samples(source())).toBe(`{"job":"Linked_Accounts","account_id":"111122223333"}
aws_account_info{account_id="111122223333",account_name="payer",state="ACTIVE"} 1
{"job":"Linked_Accounts","account_id":"222233334444"}
aws_account_info{account_id="222233334444",account_name="",state="ACTIVE"} 1
{"job":"Linked_Accounts","account_id":"333344445555"}
aws_account_info{account_id="333344445555",account_name="old",state="SUSPENDED"} 1
{"job":"Total_Account_Cost","account_id":"111122223333"}
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-02"} 90.5
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-03"} 20
aws_account_month_estimated{account_id="111122223333",month="2026-02"} 0
aws_account_month_estimated{account_id="111122223333",month="2026-03"} 1
aws_account_month_charge_billed_cost_usd{account_id="111122223333",month="2026-02",charge_type="Credit"} -9.5
aws_account_month_charge_billed_cost_usd{account_id="111122223333",month="2026-02",charge_type="Usage"} 100
aws_account_month_charge_billed_cost_usd{account_id="111122223333",month="2026-03",charge_type="Usage"} 20
aws_account_month_to_date_billed_cost_usd{account_id="111122223333"} 20
tollgate_breakdown_gap_usd{account_id="111122223333",region="",breakdown="account"} 0
tollgate_breakdown_period_end_timestamp_seconds{account_id="111122223333",region="",breakdown="account"} 1773100800
{"job":"Total_Account_Cost","account_id":"222233334444"}
aws_account_month_billed_cost_usd{account_id="222233334444",month="2026-02"} 3
aws_account_month_estimated{account_id="222233334444",month="2026-02"} 0
aws_account_month_charge_billed_cost_usd{account_id="222233334444",month="2026-02",charge_type="Usage"} 3
aws_account_month_to_date_billed_cost_usd{account_id="222233334444"} 0
{"job":"Total_Account_Cost","account_id":"333344445555"}
aws_account_month_billed_cost_usd{account_id="333344445555",month="2026-02"} 4
aws_account_month_estimated{account_id="333344445555",month="2026-02"} 0
aws_account_month_charge_billed_cost_usd{account_id="333344445555",month="2026-02",charge_type="Usage"} 4
aws_account_month_to_date_billed_cost_usd{account_id="333344445555"} 0
{"job":"Total_Account_Cost_Forecast","account_id":"111122223333"}
aws_account_month_forecast_billed_cost_usd{account_id="111122223333",bound="mean"} 60
aws_account_month_forecast_billed_cost_usd{account_id="111122223333",bound="lower"} 50
aws_account_month_forecast_billed_cost_usd{account_id="111122223333",bound="upper"} 70.25
`);
});

test('reports the covered and the closed accounts, and whether there is a forecast', async () => {
  const { groups: _, ...rest } = await accounts(source(), { settleDays: 1 })(runAt(AT));
  expect(rest).toEqual({
    failures: [],
    periodEnd: 1773100800,
    covers: [ACCOUNT, OTHER, CLOSED],
    closedAccounts: [CLOSED],
    unavailable: [],
    forecastAvailable: true,
  });
});

test('a closed account has groups only while the invoice has it', async () => {
  const rows = [row(ACCOUNT, '2026-03', 'Usage', 1)];
  expect(await samples({ ...source(), costs: async () => rows })).not.toContain(CLOSED);
});

test('a delegated administrator lists all accounts and covers none, because its Cost Explorer has only its own cost', async () => {
  const organization = async () => ({ ...(await source().organization('')), managementAccountId: OTHER });
  const { covers } = await accounts({ ...source(), organization }, { settleDays: 1 })(runAt(AT));
  expect(covers).toEqual([]);
});

test('an account whose payer also has a run sends no query: the run of the payer publishes its groups', async () => {
  const organization = async () => ({ managementAccountId: OTHER, accounts: [] });
  const never = () => Promise.reject(new Error('expected no query'));
  const noQueries = { organization, costs: never, totals: never, forecast: never };
  expect(
    await accounts(noQueries, { settleDays: 1 })({ ...runAt(AT), suiteAccounts: [ACCOUNT, OTHER] }),
  ).toEqual({
    groups: [],
    failures: [],
    answeredElsewhere: true,
  });
});

test.each([
  [AT, '2025-03-01', '2026-03-10', '2026-04-01'],
  ['2026-03-01T07:00:00Z', '2025-02-01', '2026-03-01', '2026-04-01'], // On the first, the month to date is February.
  ['2026-12-31T07:00:00Z', '2025-12-01', '2026-12-31', '2027-01-01'],
])(
  'at %s the months are requested from %s to %s, and the forecast until %s',
  async (at, start, end, until) => {
    const requested: unknown[] = [];
    const remember = async (period: unknown) => {
      requested.push(period);
      return [];
    };
    const forecast = async (period: unknown) => {
      requested.push(period);
      return undefined;
    };
    const { forecastAvailable } = await accounts(
      { ...source(), costs: remember, totals: remember, forecast },
      { settleDays: 1 },
    )(runAt(at));
    expect(requested).toEqual([
      { start, end },
      { start, end },
      { start: end, end: until },
    ]);
    expect(forecastAvailable).toBe(false);
  },
);

test('if the month of the last day is over, there is no forecast and no word of too little history', async () => {
  const over = { ...source(), forecast: async () => 'period-over' as const };
  const found = await accounts(over, { settleDays: 2 })(runAt('2026-03-01T07:00:00Z'));
  expect(found.groups.map(({ job }) => job)).not.toContain('Total_Account_Cost_Forecast');
  expect([found.failures, found.forecastAvailable]).toEqual([[], undefined]);
});

test('a month is an estimate as long as any charge type in it is', async () => {
  const rows = [
    row(ACCOUNT, '2026-03', 'Usage', 1),
    { ...row(ACCOUNT, '2026-03', 'Tax', 1), estimated: false },
  ];
  const text = await samples({ ...source(), costs: async () => rows });
  expect(text).toContain('aws_account_month_estimated{account_id="111122223333",month="2026-03"} 1');
});

test('accounts are sorted by id, whatever the order of Cost Explorer', async () => {
  const rows = [row('999988887777', '2026-03', 'Usage', 1), row(OTHER, '2026-03', 'Usage', 1)];
  const text = await samples({ ...source(), costs: async () => rows });
  const ids = [...text.matchAll(/"Total_Account_Cost","account_id":"(\d+)"/g)].map(([, id]) => id);
  expect(ids).toEqual([ACCOUNT, OTHER, '999988887777']);
});

test('on the first day the forecast is for the new month, and the month to date is the previous month', async () => {
  const rows = [row(ACCOUNT, '2026-02', 'Usage', 80)];
  const text = await samples({ ...source(), costs: async () => rows }, '2026-03-01T07:00:00Z');
  expect(text).toContain('aws_account_month_to_date_billed_cost_usd{account_id="111122223333"} 80');
  expect(text).toContain(
    'aws_account_month_forecast_billed_cost_usd{account_id="111122223333",bound="mean"} 40',
  );
});

test('a forecast that is not available keeps what was published', async () => {
  const found = await accounts(
    { ...source(), forecast: async () => undefined },
    { settleDays: 1 },
  )(runAt(AT));
  expect(found).toMatchObject({
    failures: [],
    forecastAvailable: false,
    unavailable: [{ part: 'forecast', jobs: ['Total_Account_Cost_Forecast'] }],
  });
});

test.each(['organization', 'costs', 'forecast'] as const)(
  'a failure of %s affects only its own groups',
  async (part) => {
    const failing = { ...source(), [part]: () => Promise.reject(new Error('no')) };
    const text = await exposition(accounts(failing, { settleDays: 1 }), AT);
    const jobs = [...text.matchAll(/^\{"job":"(\w+)/gm)].map(([, job]) => job);
    expect([...new Set(jobs)]).toEqual(LEFT[part]);
    expect(text).toMatch(/failed: \{"part":"\w+","reason":"other","message":"no"\}/);
  },
);

/** The jobs that each failure omits. The forecast also needs the cost of the month so far. */
const LEFT = {
  organization: ['Total_Account_Cost', 'Total_Account_Cost_Forecast'],
  costs: ['Linked_Accounts'],
  forecast: ['Linked_Accounts', 'Total_Account_Cost'],
};

function row(accountId: string, month: string, chargeType: string, usd: number): AccountMonthCost {
  return { accountId, month, chargeType, usd: dollars(usd), estimated: month === '2026-03' };
}

function source(): AccountsSource {
  const rows = [
    row(ACCOUNT, '2026-02', 'Usage', 100),
    row(ACCOUNT, '2026-02', 'Credit', -9.5),
    row(OTHER, '2026-02', 'Usage', 3),
    row(CLOSED, '2026-02', 'Usage', 4),
    row(ACCOUNT, '2026-03', 'Usage', 20),
  ];
  return {
    organization: async () => ({
      managementAccountId: ACCOUNT,
      accounts: [
        { accountId: ACCOUNT, name: 'payer', state: 'ACTIVE' },
        { accountId: OTHER, name: '', state: 'ACTIVE' },
        { accountId: CLOSED, name: 'old', state: 'SUSPENDED' },
      ],
    }),
    costs: async () => rows,
    totals: async () => rows,
    forecast: async () => ({ mean: dollars(40), lower: dollars(30), upper: dollars('50.25') }),
  };
}

function runAt(at: string) {
  return { accountId: ACCOUNT, partition: 'aws', suiteAccounts: [], scheduledTime: new Date(at) };
}

async function samples(from: AccountsSource, at = AT): Promise<string> {
  const text = await exposition(accounts(from, { settleDays: 1 }), at);
  return text.replace(/^(#.*)?\n/gm, '');
}
