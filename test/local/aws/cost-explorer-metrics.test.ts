import { MEMBER_ID, organizationBill } from '../../support/bill';
import { ACCOUNT, bill, type CostInput, charge, queryCosts, simulate, stopAll } from './simulation';

afterEach(stopAll);

const ALL_METRICS = ['UnblendedCost', 'AmortizedCost', 'UsageQuantity'];
const dimension = (Key: string) => ({ Type: 'DIMENSION' as const, Key });

const USED = [
  charge({ usd: '0', effectiveUsd: '0.1', quantity: '24', unit: 'Hrs' }),
  charge({ usd: '0.3', effectiveUsd: '0.2', quantity: '0.000000000000000000001', unit: 'Hrs' }),
  charge({ usd: '4', usageType: 'Requests-Tier1', quantity: '7', unit: 'Requests' }),
  charge({ usd: '5', usageType: '', quantity: '0', unit: '' }),
];

test('each metric has its own amount and unit, in the order of the request', async () => {
  const aws = await simulate({ bill: bill({ charges: USED }) });
  const { ResultsByTime } = await queryCosts(aws, {
    Metrics: ALL_METRICS,
    GroupBy: [dimension('USAGE_TYPE')],
  });
  expect(ResultsByTime?.[0]?.Groups).toEqual([
    {
      Keys: ['EU-BoxUsage:t3.micro'],
      Metrics: {
        UnblendedCost: { Amount: '0.3', Unit: 'USD' },
        AmortizedCost: { Amount: '0.3', Unit: 'USD' },
        UsageQuantity: { Amount: '24.000000000000000000001', Unit: 'Hrs' },
      },
    },
    {
      Keys: ['Requests-Tier1'],
      Metrics: {
        UnblendedCost: { Amount: '4', Unit: 'USD' },
        AmortizedCost: { Amount: '4', Unit: 'USD' },
        UsageQuantity: { Amount: '7', Unit: 'Requests' },
      },
    },
    {
      Keys: ['NoUsageType'],
      Metrics: {
        UnblendedCost: { Amount: '5', Unit: 'USD' },
        AmortizedCost: { Amount: '5', Unit: 'USD' },
        UsageQuantity: { Amount: '0', Unit: 'N/A' },
      },
    },
  ]);
});

test('a quantity of several units or of no charges has no unit', async () => {
  const aws = await simulate({ bill: bill({ charges: USED }) });
  const { ResultsByTime = [] } = await queryCosts(aws, {
    TimePeriod: { Start: '2026-02-01', End: '2026-03-15' },
    Metrics: ['UsageQuantity', 'AmortizedCost'],
  });
  expect(ResultsByTime.map(({ Total }) => Total)).toEqual([
    { UsageQuantity: { Amount: '0', Unit: 'N/A' }, AmortizedCost: { Amount: '0', Unit: 'USD' } },
    {
      UsageQuantity: { Amount: '31.000000000000000000001', Unit: 'N/A' },
      AmortizedCost: { Amount: '9.3', Unit: 'USD' },
    },
  ]);
});

test('a query can filter by usage type', async () => {
  const aws = await simulate({ bill: bill({ charges: USED }) });
  const { ResultsByTime } = await queryCosts(aws, {
    Filter: { Dimensions: { Key: 'USAGE_TYPE', Values: ['Requests-Tier1', 'NoUsageType'] } },
  });
  expect(ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe('9');
});

const TWO_ACCOUNTS = [charge({ usd: '1' }), charge({ accountId: MEMBER_ID, usd: '2' })];
const BY_ACCOUNT: CostInput = { GroupBy: [dimension('LINKED_ACCOUNT'), dimension('RECORD_TYPE')] };

test.each([
  ['the management account', ACCOUNT, { [ACCOUNT]: '1', [MEMBER_ID]: '2' }],
  ['a member', MEMBER_ID, { [MEMBER_ID]: '2' }],
])('%s sees its charges', async (_who, accountId, expected) => {
  const callers = [
    { accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: ['ce:GetCostAndUsage'], accountId },
  ];
  const aws = await simulate({ bill: organizationBill({ charges: TWO_ACCOUNTS }), callers });
  const { ResultsByTime } = await queryCosts(aws, BY_ACCOUNT);
  const seen = ResultsByTime?.[0]?.Groups?.map(({ Keys, Metrics }) => [
    Keys?.[0],
    Metrics?.UnblendedCost?.Amount,
  ]);
  expect(Object.fromEntries(seen ?? [])).toEqual(expected);
});

test('outside an organization an account sees only its own charges', async () => {
  const aws = await simulate({ bill: bill({ charges: TWO_ACCOUNTS }) });
  const { ResultsByTime } = await queryCosts(aws, {});
  expect(ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe('1');
});

test('a token is valid only for the account that received it', async () => {
  const actions = ['ce:GetCostAndUsage'];
  const charges = ['a', 'b'].flatMap((region) => [
    charge({ region }),
    charge({ region, accountId: MEMBER_ID }),
  ]);
  const aws = await simulate({
    bill: organizationBill({ charges }),
    pageSize: 1,
    callers: [
      { accessKeyId: 'AKIACOLLECTOR', name: 'payer', actions },
      { accessKeyId: 'AKIAMEMBER', name: 'member', actions, accountId: MEMBER_ID },
    ],
  });
  const { NextPageToken } = await queryCosts(aws, { GroupBy: [dimension('REGION')] });
  await expect(
    queryCosts(aws, { GroupBy: [dimension('REGION')], NextPageToken }, { accessKeyId: 'AKIAMEMBER' }),
  ).rejects.toMatchObject({ name: 'RequestChangedException' });
});

test.each([
  ['no metric', [], 'Metrics: expected at least 1 of them, got []'],
  ['four metrics', [...ALL_METRICS, 'UnblendedCost'], 'Metrics: expected at most 3 of them'],
])('%s is refused', async (_what, Metrics, message) => {
  await expect(queryCosts(await simulate(), { Metrics })).rejects.toThrow(message);
});

test('a caller of an unknown account is refused before anything starts', async () => {
  const callers = [{ accessKeyId: 'AKIA', name: 'stranger', actions: [], accountId: MEMBER_ID }];
  await expect(simulate({ callers })).rejects.toThrow(
    `stranger: expected one of ${ACCOUNT}, got ${MEMBER_ID}`,
  );
});

test('a fault can replace a total and does not change the other metrics', async () => {
  const faults = [{ action: 'ce:GetCostAndUsage', kind: 'amount', amount: 'NaN', unit: 'EUR' } as const];
  const aws = await simulate({ bill: bill({ charges: [charge()] }), faults });
  const total = await queryCosts(aws, { Metrics: ['UnblendedCost', 'AmortizedCost'] });
  expect(total.ResultsByTime?.[0]?.Total).toEqual({
    UnblendedCost: { Amount: 'NaN', Unit: 'EUR' },
    AmortizedCost: { Amount: '1', Unit: 'USD' },
  });
});
