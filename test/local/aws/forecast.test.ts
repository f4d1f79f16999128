import { GetCostForecastCommand, type GetCostForecastCommandInput } from '@aws-sdk/client-cost-explorer';
import { addDays, daysFrom } from '../../../lib/local/bill/day';
import { MEMBER_ID, organizationBill } from '../../support/bill';
import { bill, charge, clients, EVERYTHING, simulate, stopAll } from './simulation';

afterEach(stopAll);

const TODAY = '2026-03-15';

/** Returns a charge of one dollar for each of the last `count` days. */
const lastDays = (count: number) => daysFrom(addDays(TODAY, -count), TODAY).map((day) => charge({ day }));

function ask(
  aws: Awaited<ReturnType<typeof simulate>>,
  different: Partial<GetCostForecastCommandInput> = {},
  accessKeyId?: string,
) {
  const command = new GetCostForecastCommand({
    TimePeriod: { Start: TODAY, End: '2026-04-11' },
    Metric: 'UNBLENDED_COST',
    Granularity: 'MONTHLY',
    ...different,
  });
  return clients(aws, { accessKeyId }).costExplorer.send(command);
}

test('the forecast is the average of the last thirty days, with bounds a tenth below and above', async () => {
  const charges = [...lastDays(60), charge({ day: '2026-03-14', usd: '0.0000000001' })];
  const aws = await simulate({ bill: bill({ charges }) });
  const { $metadata: _, ...forecast } = await ask(aws, { PredictionIntervalLevel: 80 });
  expect(forecast).toEqual({
    Total: { Amount: '27.0000000001', Unit: 'USD' },
    ForecastResultsByTime: [
      {
        TimePeriod: { Start: '2026-03-15', End: '2026-04-01' },
        MeanValue: '17.0000000001',
        PredictionIntervalLowerBound: '15.30000000009',
        PredictionIntervalUpperBound: '18.70000000011',
      },
      {
        TimePeriod: { Start: '2026-04-01', End: '2026-04-11' },
        MeanValue: '10',
        PredictionIntervalLowerBound: '9',
        PredictionIntervalUpperBound: '11',
      },
    ],
  });
});

test('DAILY gives a forecast for each day', async () => {
  const aws = await simulate({ bill: bill({ charges: lastDays(14) }) });
  const { Total, ForecastResultsByTime = [] } = await ask(aws, {
    TimePeriod: { Start: TODAY, End: '2026-03-18' },
    Granularity: 'DAILY',
  });
  expect([Total?.Amount, ForecastResultsByTime.map(({ MeanValue }) => MeanValue)]).toEqual([
    '3',
    ['1', '1', '1'],
  ]);
});

test('the management account’s forecast covers all accounts, and a member’s only its own', async () => {
  const charges = lastDays(30).flatMap((own) => [own, { ...own, accountId: MEMBER_ID, usd: '2' }]);
  const aws = await simulate({
    bill: organizationBill({ charges }),
    callers: [
      { accessKeyId: 'AKIAPAYER', name: 'payer', actions: EVERYTHING },
      { accessKeyId: 'AKIAMEMBER', name: 'member', actions: EVERYTHING, accountId: MEMBER_ID },
    ],
  });
  const TimePeriod = { Start: TODAY, End: '2026-03-16' };
  const amountFor = async (accessKeyId: string) =>
    (await ask(aws, { TimePeriod }, accessKeyId)).Total?.Amount;
  expect([await amountFor('AKIAPAYER'), await amountFor('AKIAMEMBER')]).toEqual(['3', '2']);
});

test.each([
  ['thirteen days of history', { bill: bill({ charges: lastDays(13) }) }],
  ['no history', {}],
  ['a forecast switched off', { bill: bill({ charges: lastDays(30) }), forecastAvailable: false }],
])('%s: no forecast is available', async (_what, options) => {
  await expect(ask(await simulate(options))).rejects.toMatchObject({
    name: 'DataUnavailableException',
    message: 'Insufficient amount of historical data to generate forecast.',
    $metadata: { httpStatusCode: 400 },
  });
});

test.each<[string, Partial<GetCostForecastCommandInput>, string]>([
  [
    'a start after today',
    { TimePeriod: { Start: '2026-03-16', End: '2026-04-01' } },
    'Start date is after today (TimePeriod 2026-03-16 to 2026-04-01, today 2026-03-15)',
  ],
  [
    'a start before today',
    { TimePeriod: { Start: '2026-03-14', End: '2026-04-01' } },
    'Start date is before today (TimePeriod 2026-03-14 to 2026-04-01, today 2026-03-15)',
  ],
  [
    'an empty period',
    { TimePeriod: { Start: TODAY, End: TODAY } },
    'Start date (and hour) should be before end date (and hour)',
  ],
  [
    'another metric',
    { Metric: 'BLENDED_COST' },
    'Metric: expected one of UNBLENDED_COST, got "BLENDED_COST"',
  ],
  ['HOURLY', { Granularity: 'HOURLY' }, 'Granularity: expected one of DAILY, MONTHLY, got "HOURLY"'],
  [
    'an invalid level',
    { PredictionIntervalLevel: 100 },
    'PredictionIntervalLevel: expected a whole number from 51 to 99, got 100',
  ],
  [
    'an unknown parameter',
    { Filter: { Dimensions: { Key: 'REGION', Values: ['eu-west-1'] } } },
    'Filter: expected only TimePeriod, Metric, Granularity, PredictionIntervalLevel, got',
  ],
])('%s is refused', async (_what, different, message) => {
  await expect(ask(await simulate(), different)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

test('a fault can replace the total', async () => {
  const faults = [{ action: 'ce:*', kind: 'amount', amount: '', unit: 'USD' } as const];
  const aws = await simulate({ bill: bill({ charges: lastDays(30) }), faults });
  expect((await ask(aws)).Total).toEqual({ Amount: '', Unit: 'USD' });
});
