import Big from 'big.js';
import fc from 'fast-check';
import type { Charge } from '../../../lib/local/bill/bill';
import { generateBill } from '../../../lib/local/bill/generated';
import { cpuMs, TIMES_FOR_TENFOLD } from '../../support/cpu';
import { ACCOUNT, bill, charge, costPages, lines, queryCosts, simulate, stopAll } from './simulation';

afterEach(stopAll);

const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const;
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const;
const OWNER = { Type: 'TAG', Key: 'Owner' } as const;

/** A generated bill with every kind of charge, for the full UTC days from 1 March to the midnight of `asOf`. */
const GENERATED = generateBill({
  seed: 7,
  users: 12,
  regions: 3,
  resourcesPerUser: 4,
  ownerTag: 'Owner',
  days: 14,
  months: 0,
  asOf: new Date('2026-03-15T06:00:00Z'),
});

function ownSums(charges: readonly Charge[]): string[] {
  const sums = new Map<string, Big>();
  for (const { tags, region, usd } of charges) {
    const key = `2026-03-01 Owner$${tags.Owner ?? ''} ${region}`;
    sums.set(key, (sums.get(key) ?? new Big(0)).plus(usd));
  }
  return [...sums].map(([key, sum]) => `${key}: ${sum.toFixed()}`).sort();
}

test('sums by tag and Region equal those of the bill, to the last digit', async () => {
  const aws = await simulate({ bill: GENERATED });
  const [results = []] = await costPages(aws, { GroupBy: [OWNER, REGION] });
  expect(lines(results).sort()).toEqual(ownSums(GENERATED.charges));
});

test('all page sizes give the same groups in the same order', async () => {
  const onePage = await simulate({ bill: GENERATED });
  const input = { Granularity: 'DAILY', GroupBy: [OWNER, REGION] } as const;
  const [expected = []] = await costPages(onePage, { ...input, GroupBy: [...input.GroupBy] });
  const groups = lines(expected).length;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 20, max: groups + 1 }), async (pageSize) => {
      const aws = await simulate({ bill: GENERATED, pageSize });
      const pages = await costPages(aws, { ...input, GroupBy: [...input.GroupBy] });
      expect(pages.flatMap(lines)).toEqual(lines(expected));
      expect(pages.slice(0, -1).map((page) => lines(page).length)).toEqual(
        pages.slice(1).map(() => pageSize),
      );
      expect(aws.requests.map(({ page }) => page)).toEqual(pages.map((_, index) => index + 1));
    }),
    { numRuns: 6 },
  );
});

test('a page begins where the last one ended, even within a day, and empty days are on one page', async () => {
  const charges = ['a', 'b', 'c'].map((region) => charge({ day: '2026-03-02', region }));
  const later = charge({ day: '2026-03-04', region: 'd' });
  const aws = await simulate({ bill: bill({ charges: [...charges, later] }), pageSize: 2 });
  const pages = await costPages(aws, {
    TimePeriod: { Start: '2026-03-01', End: '2026-03-06' },
    Granularity: 'DAILY',
    GroupBy: [REGION],
  });
  const shown = pages.map((page) =>
    page.map(({ TimePeriod, Groups = [] }) => [TimePeriod?.Start, Groups.length]),
  );
  expect(shown).toEqual([
    [
      ['2026-03-01', 0],
      ['2026-03-02', 2],
    ],
    [
      ['2026-03-02', 1],
      ['2026-03-03', 0],
      ['2026-03-04', 1],
      ['2026-03-05', 0],
    ],
  ]);
});

test('amounts are exact where floating point would not be', async () => {
  const charges = ['0.1', '0.2', '0.0000000001', '-0.3'].map((usd) => charge({ usd }));
  const aws = await simulate({ bill: bill({ charges }) });
  const { ResultsByTime } = await queryCosts(aws, {});
  expect(ResultsByTime?.[0]?.Total).toEqual({ UnblendedCost: { Amount: '0.0000000001', Unit: 'USD' } });
});

test('an answer without groups has a total, and one with groups has none', async () => {
  const aws = await simulate({ bill: bill({ charges: [charge({ usd: '2.5' })] }) });
  const [alone] = (await queryCosts(aws, {})).ResultsByTime ?? [];
  const [grouped] = (await queryCosts(aws, { GroupBy: [REGION] })).ResultsByTime ?? [];
  expect(alone).toMatchObject({ Total: { UnblendedCost: { Amount: '2.5' } }, Groups: [] });
  expect(grouped).toMatchObject({
    Total: {},
    Groups: [{ Keys: ['eu-west-1'], Metrics: { UnblendedCost: { Amount: '2.5', Unit: 'USD' } } }],
  });
});

test('a period without charges costs 0', async () => {
  const [result] = (await queryCosts(await simulate(), {})).ResultsByTime ?? [];
  expect(result?.Total).toEqual({ UnblendedCost: { Amount: '0', Unit: 'USD' } });
});

test('MONTHLY splits a period at the edges of months, so the first and the last month may be shorter', async () => {
  const charges = ['2026-01-19', '2026-01-20', '2026-02-28', '2026-03-01', '2026-03-14', '2026-03-15'].map(
    (day) => charge({ day }),
  );
  const aws = await simulate({ bill: bill({ charges }) });
  const { ResultsByTime = [] } = await queryCosts(aws, {
    TimePeriod: { Start: '2026-01-20', End: '2026-03-15' },
  });
  const shown = ResultsByTime.map(({ TimePeriod, Total }) => [TimePeriod, Total?.UnblendedCost?.Amount]);
  expect(shown).toEqual([
    [{ Start: '2026-01-20', End: '2026-02-01' }, '1'],
    [{ Start: '2026-02-01', End: '2026-03-01' }, '1'],
    [{ Start: '2026-03-01', End: '2026-03-15' }, '2'],
  ]);
});

test('the last two days and the current day are estimated', async () => {
  const { ResultsByTime = [] } = await queryCosts(await simulate(), {
    TimePeriod: { Start: '2026-03-11', End: '2026-03-16' },
    Granularity: 'DAILY',
  });
  const shown = ResultsByTime.map(({ TimePeriod, Estimated }) => [TimePeriod?.Start, Estimated]);
  expect(shown).toEqual([
    ['2026-03-11', false],
    ['2026-03-12', false],
    ['2026-03-13', true],
    ['2026-03-14', true],
    ['2026-03-15', true],
  ]);
});

const VARIED = [
  charge({ usd: '1', tags: { Owner: 'ana' } }),
  charge({ usd: '2', tags: { Owner: '' }, region: 'global', service: 'Amazon Route 53' }),
  charge({ usd: '4', region: 'NoRegion', service: 'Tax', resourceId: '', recordType: 'Tax' }),
  charge({ usd: '8', tags: { Owner: 'ben' }, region: 'us-east-1' }),
];

test.each([
  ['LINKED_ACCOUNT', [`${ACCOUNT}: 15`]],
  ['RECORD_TYPE', ['Usage: 11', 'Tax: 4']],
  ['REGION', ['eu-west-1: 1', 'global: 2', 'NoRegion: 4', 'us-east-1: 8']],
  ['SERVICE', ['Amazon Elastic Compute Cloud - Compute: 9', 'Amazon Route 53: 2', 'Tax: 4']],
])('a query groups by %s', async (Key, expected) => {
  const aws = await simulate({ bill: bill({ charges: VARIED }) });
  const { ResultsByTime = [] } = await queryCosts(aws, { GroupBy: [{ Type: 'DIMENSION', Key }] });
  expect(lines(ResultsByTime)).toEqual(expected.map((line) => `2026-03-01 ${line}`));
});

test('charges with an empty tag and charges without the tag are one group', async () => {
  const aws = await simulate({ bill: bill({ charges: VARIED }) });
  const { ResultsByTime = [], GroupDefinitions } = await queryCosts(aws, { GroupBy: [OWNER] });
  expect(lines(ResultsByTime)).toEqual(
    ['Owner$ana: 1', 'Owner$: 6', 'Owner$ben: 8'].map((line) => `2026-03-01 ${line}`),
  );
  expect(GroupDefinitions).toEqual([OWNER]);
});

const region = (...Values: string[]) => ({ Dimensions: { Key: 'REGION' as const, Values } });
const owner = (...Values: string[]) => ({ Tags: { Key: 'Owner', Values } });
const unowned = { Tags: { Key: 'Owner', MatchOptions: ['ABSENT' as const] } };

test.each([
  ['one value', region('global'), '2'],
  ['several values', region('global', 'us-east-1', 'nowhere'), '10'],
  ['a value that no charge has', region('nowhere'), '0'],
  ['another account', { Dimensions: { Key: 'LINKED_ACCOUNT' as const, Values: ['999999999999'] } }, '0'],
  ['EQUALS', { Dimensions: { ...region('global').Dimensions, MatchOptions: ['EQUALS' as const] } }, '2'],
  ['a tag', owner('ana', 'ben'), '9'],
  ['ABSENT', unowned, '6'],
  ['Not', { Not: unowned }, '9'],
  ['And', { And: [owner('ana', 'ben'), region('us-east-1', 'global')] }, '8'],
  ['Or', { Or: [owner('ana'), region('NoRegion'), { And: [unowned, region('global')] }] }, '7'],
])('a query filters by %s', async (_what, Filter, expected) => {
  const aws = await simulate({ bill: bill({ charges: VARIED }) });
  const [result] = (await queryCosts(aws, { Filter })).ResultsByTime ?? [];
  expect(result?.Total?.UnblendedCost?.Amount).toBe(expected);
});

test('the time of a query grows linearly with the resources', async () => {
  const asOf = new Date('2026-03-15T06:00:00Z');
  const timeOf = async (users: number) => {
    const options = { seed: 1, users, regions: 5, resourcesPerUser: 10, days: 14, ownerTag: 'Owner', asOf };
    const aws = await simulate({ bill: generateBill({ ...options, months: 0 }) });
    return cpuMs(async () => {
      await queryCosts(aws, { GroupBy: [OWNER, REGION] });
      await queryCosts(aws, { GroupBy: [SERVICE, REGION], Granularity: 'DAILY' });
    });
  };
  await timeOf(1); // The client's first call takes longer.
  const small = await timeOf(10);
  expect(await timeOf(100)).toBeLessThan(small * TIMES_FOR_TENFOLD);
});
