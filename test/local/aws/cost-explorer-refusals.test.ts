import { bill, type CostInput, charge, queryCosts, simulate, stopAll } from './simulation';

afterEach(stopAll);

const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const;
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const;
const OWNER = { Type: 'TAG', Key: 'Owner' } as const;
const global = { Dimensions: { Key: 'REGION' as const, Values: ['global'] } };

test.each<[string, CostInput, string]>([
  [
    'an unknown group key',
    { GroupBy: [{ Type: 'DIMENSION', Key: 'OPERATION' }] },
    'GroupBy[0].Key: expected one of LINKED_ACCOUNT, RECORD_TYPE, REGION, SERVICE, USAGE_TYPE, got "OPERATION"',
  ],
  [
    'an unknown kind of group',
    { GroupBy: [{ Type: 'COST_CATEGORY', Key: 'team' }] },
    'GroupBy[0].Type: expected one of DIMENSION, TAG, got "COST_CATEGORY"',
  ],
  ['three groups', { GroupBy: [REGION, SERVICE, OWNER] }, 'GroupBy: expected at most 2 of them'],
  ['the same group twice', { GroupBy: [REGION, REGION] }, 'GroupBy: expected two different keys'],
  [
    'an unknown filter key',
    { Filter: { Dimensions: { Key: 'AZ', Values: ['a'] } } },
    'Filter.Dimensions.Key: expected one of LINKED_ACCOUNT, RECORD_TYPE, REGION, SERVICE, USAGE_TYPE, got "AZ"',
  ],
  [
    'an unknown match option',
    { Filter: { Dimensions: { ...global.Dimensions, MatchOptions: ['STARTS_WITH'] } } },
    'Filter.Dimensions.MatchOptions[0]: expected one of EQUALS, got "STARTS_WITH"',
  ],
  [
    'no operator at the root',
    { Filter: {} },
    'Filter: expected exactly one of And, Or, Not, Dimensions, Tags, got {}',
  ],
  [
    'two operators at a root',
    { Filter: { Not: { ...global, Tags: { Key: 'Owner', Values: ['a'] } } } },
    'Filter.Not: expected exactly one of And, Or, Not, Dimensions, Tags, got',
  ],
  [
    'an unknown operator',
    { Filter: { CostCategories: { Key: 'team', Values: ['a'] } } },
    'Filter: expected exactly one of And, Or, Not, Dimensions, Tags, got {"CostCategories"',
  ],
  ['an And of one', { Filter: { And: [global] } }, 'Filter.And: expected at least 2 of them'],
  [
    'ABSENT with values',
    { Filter: { Tags: { Key: 'Owner', Values: ['a'], MatchOptions: ['ABSENT'] } } },
    'Filter.Tags: expected either Values or MatchOptions ["ABSENT"]',
  ],
  [
    'a tag without values',
    { Filter: { Tags: { Key: 'Owner' } } },
    'Filter.Tags: expected either Values or MatchOptions ["ABSENT"]',
  ],
  [
    'an unknown metric',
    { Metrics: ['BlendedCost'] },
    'Metrics[0]: expected one of UnblendedCost, AmortizedCost, UsageQuantity, got "BlendedCost"',
  ],
  ['no metric', { Metrics: undefined }, 'Metrics: expected an array, got nothing'],
  ['HOURLY', { Granularity: 'HOURLY' }, 'Granularity: expected one of DAILY, MONTHLY, got "HOURLY"'],
  ['an unknown parameter', { BillingViewArn: 'arn:view' }, 'BillingViewArn: expected only TimePeriod,'],
  [
    'a day that does not exist',
    { TimePeriod: { Start: '2026-02-30', End: '2026-03-15' } },
    'TimePeriod.Start: expected a day as YYYY-MM-DD, got "2026-02-30"',
  ],
  [
    'an empty period',
    { TimePeriod: { Start: '2026-03-15', End: '2026-03-15' } },
    'Start date (and hour) should be before end date (and hour)',
  ],
  [
    'a start after today',
    { TimePeriod: { Start: '2026-03-16', End: '2026-03-17' } },
    'Start date is after today (TimePeriod 2026-03-16 to 2026-03-17, today 2026-03-15)',
  ],
  [
    'an end after the next month begins',
    { TimePeriod: { Start: '2026-03-01', End: '2026-04-02' } },
    'end date past the beginning of next month',
  ],
  [
    'more history than AWS keeps',
    { TimePeriod: { Start: '2025-01-31', End: '2026-03-01' } },
    "You haven't enabled historical data beyond 14 months",
  ],
])('%s is refused, and the error names it', async (_what, input, message) => {
  const aws = await simulate();
  await expect(queryCosts(aws, input)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
    $metadata: { httpStatusCode: 400 },
  });
});

test('a token is valid only for the parameters of its query', async () => {
  const charges = ['a', 'b', 'c'].map((region) => charge({ region }));
  const aws = await simulate({ bill: bill({ charges }), pageSize: 1 });
  const { NextPageToken } = await queryCosts(aws, { GroupBy: [REGION] });
  await expect(queryCosts(aws, { GroupBy: [REGION], NextPageToken })).resolves.toBeDefined();
  await expect(queryCosts(aws, { GroupBy: [SERVICE], NextPageToken })).rejects.toMatchObject({
    name: 'RequestChangedException',
  });
  await expect(queryCosts(aws, { GroupBy: [REGION], NextPageToken: 'mine' })).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  expect(aws.requests.map(({ page, status }) => [page, status])).toEqual([
    [1, 200],
    [2, 200],
    [2, 400],
    [1, 400],
  ]);
});
