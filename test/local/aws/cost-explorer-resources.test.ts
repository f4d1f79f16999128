import type { Expression } from '@aws-sdk/client-cost-explorer';
import { bill, COMPUTE, type CostInput, charge, lines, queryCosts, simulate, stopAll } from './simulation';

afterEach(stopAll);

const RESOURCE = { Type: 'DIMENSION', Key: 'RESOURCE_ID' } as const;
const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const;
const dimension = (Key: 'SERVICE' | 'RESOURCE_ID' | 'REGION', ...Values: string[]): Expression => ({
  Dimensions: { Key, Values },
});

const INPUT = { withResources: true, GroupBy: [RESOURCE, REGION], Filter: dimension('SERVICE', COMPUTE) };

test('resources are grouped by their ids; charges without one are NoResourceId', async () => {
  const charges = [
    charge({ resourceId: 'i-0a', usd: '1.5' }),
    charge({ resourceId: 'i-0a', usd: '1.5', day: '2026-03-11' }),
    charge({ resourceId: '', usd: '4' }),
    charge({ resourceId: 'bucket', service: 'Amazon Simple Storage Service' }),
  ];
  const aws = await simulate({ bill: bill({ charges }) });
  const { ResultsByTime = [] } = await queryCosts(aws, INPUT);
  expect(lines(ResultsByTime)).toEqual([
    '2026-03-01 i-0a eu-west-1: 3',
    '2026-03-01 NoResourceId eu-west-1: 4',
  ]);
});

test('a query can filter by resource instead', async () => {
  const charges = [charge({ resourceId: 'i-0a', usd: '1' }), charge({ resourceId: 'i-0b', usd: '2' })];
  const aws = await simulate({ bill: bill({ charges }) });
  const Filter = { And: [dimension('SERVICE', COMPUTE), dimension('RESOURCE_ID', 'i-0b')] };
  const { ResultsByTime } = await queryCosts(aws, { withResources: true, Filter });
  expect(ResultsByTime?.[0]?.Total?.UnblendedCost?.Amount).toBe('2');
});

test('resource-level data is available for fourteen days, but not for fifteen', async () => {
  const aws = await simulate();
  const from = (Start: string): CostInput => ({ ...INPUT, TimePeriod: { Start, End: '2026-03-15' } });
  await expect(queryCosts(aws, from('2026-03-01'))).resolves.toBeDefined();
  await expect(queryCosts(aws, from('2026-02-28'))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(/^Start date is more than 14 days ago.*2026-02-28.*2026-03-15/),
  });
});

test('if resource data is switched off, only the other costs are available', async () => {
  const aws = await simulate({ resourceDataEnabled: false });
  await expect(queryCosts(aws, INPUT)).rejects.toMatchObject({ name: 'DataUnavailableException' });
  await expect(queryCosts(aws, {})).resolves.toBeDefined();
});

test('granularities and services may be limited, as some of AWS’s documents say', async () => {
  const aws = await simulate({ resourceLimits: { granularities: ['DAILY'], services: [COMPUTE] } });
  await expect(queryCosts(aws, { ...INPUT, Granularity: 'DAILY' })).resolves.toBeDefined();
  await expect(queryCosts(aws, INPUT)).rejects.toThrow('only at DAILY granularity');
  const Filter = dimension('SERVICE', COMPUTE, 'Amazon Simple Storage Service');
  await expect(queryCosts(aws, { ...INPUT, Granularity: 'DAILY', Filter })).rejects.toThrow(
    `requires a filter on ${COMPUTE}`,
  );
});

test.each<[string, CostInput, string]>([
  ['no filter', { Filter: undefined }, 'a condition on SERVICE'],
  ['no condition on the service', { Filter: dimension('REGION', 'eu-west-1') }, 'a condition on SERVICE'],
  [
    'a service only under Not',
    { Filter: { Not: dimension('SERVICE', COMPUTE) } },
    'expected a condition on SERVICE',
  ],
  ['no RESOURCE_ID', { GroupBy: [REGION] }, 'expected RESOURCE_ID in GroupBy or in a condition of Filter'],
])('%s is refused', async (_what, different, message) => {
  const aws = await simulate();
  await expect(queryCosts(aws, { ...INPUT, ...different })).rejects.toThrow(message);
});

test('only this operation accepts RESOURCE_ID', async () => {
  const aws = await simulate();
  const known = 'expected one of LINKED_ACCOUNT, RECORD_TYPE, REGION, SERVICE, USAGE_TYPE, got "RESOURCE_ID"';
  await expect(queryCosts(aws, { GroupBy: [RESOURCE] })).rejects.toThrow(`GroupBy[0].Key: ${known}`);
  await expect(queryCosts(aws, { Filter: dimension('RESOURCE_ID', 'i-0a') })).rejects.toThrow(
    `Filter.Dimensions.Key: ${known}`,
  );
});
