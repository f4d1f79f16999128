import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import Big from 'big.js';
import { readFocusBill } from '../../../lib/local/bill/focus';

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tollgate-focus-'));
  file = path.join(folder, 'bill.csv');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const ROW = {
  BilledCost: '1.5',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodStart: '2024-09-18 22:00:00',
  ProviderName: 'AWS',
  RegionId: 'us-west-2',
  ResourceId: 'i-0a1b',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SkuId: 'not read',
  Tags: '{"Owner": "ana"}',
};

type Row = Partial<typeof ROW>;

const HEADER = Object.keys(ROW).join(',');

function line(different: Row): string {
  return Object.values({ ...ROW, ...different })
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join(',');
}

/** Reads an export with the header and the given lines. */
async function read(...lines: readonly (Row | string)[]) {
  const body = lines.map((row) => (typeof row === 'string' ? row : line(row)));
  return readText([HEADER, ...body].join('\n'));
}

async function readText(text: string) {
  await writeFile(file, text);
  return readFocusBill(file);
}

test('a row becomes a charge with the names of Cost Explorer', async () => {
  const { accountId, charges, users } = await read({});
  expect({ accountId, charges, users }).toEqual({
    accountId: '111122223333',
    charges: [
      {
        accountId: '111122223333',
        day: '2024-09-18',
        service: 'Amazon Elastic Compute Cloud - Compute',
        region: 'us-west-2',
        resourceId: 'i-0a1b',
        tags: { Owner: 'ana' },
        usd: '1.5',
        effectiveUsd: '1.5',
        recordType: 'Usage',
        usageType: '',
        quantity: '0',
        unit: '',
      },
    ],
    users: [],
  });
});

test('usage and effective cost are read if the export has their columns', async () => {
  const columns = { ConsumedQuantity: '2.4E1', ConsumedUnit: 'Hrs', EffectiveCost: '0.75' };
  const more = { ...columns, x_UsageType: 'USW2-BoxUsage:t3.micro' };
  const { charges } = await readText(
    [
      [HEADER, ...Object.keys(more)].join(','),
      [line({}), ...Object.values(more)].join(','),
      [line({ BilledCost: '2' }), 'NULL', 'NULL', '', 'NULL'].join(','),
    ].join('\n'),
  );
  expect(charges).toMatchObject([
    { usd: '1.5', effectiveUsd: '0.75', usageType: 'USW2-BoxUsage:t3.micro', quantity: '24', unit: 'Hrs' },
    { usd: '2', effectiveUsd: '2', usageType: '', quantity: '0', unit: '' },
  ]);
});

test('an error about a quantity in words names file, line and column', async () => {
  await expect(readText(`${HEADER},ConsumedQuantity\n${line({})},many`)).rejects.toThrow(
    `${file}:2: ConsumedQuantity: expected a decimal number, got "many"`,
  );
});

test('the account has the name of the file, no organization, and the Regions with cost', async () => {
  const bill = await read({}, { RegionId: 'eu-west-1' }, { RegionId: 'global' });
  expect(bill).toEqual({
    ...bill,
    organization: undefined,
    accountId: '111122223333',
    accountName: 'bill',
    state: 'ACTIVE',
    users: [],
    roles: [],
    instances: [],
    enabledRegions: ['eu-west-1', 'us-west-2'],
    members: [],
  });
});

test.each(['NULL', ''])(
  'a row whose columns are "%s" has no Region, no resource and no tags',
  async (absent) => {
    const { charges, resources } = await read({ RegionId: absent, ResourceId: absent, Tags: absent });
    expect(charges[0]).toMatchObject({ region: 'NoRegion', resourceId: '', tags: {} });
    expect(resources).toEqual([]);
  },
);

test('only services with another name in Cost Explorer are renamed', async () => {
  const { charges } = await read(
    { ServiceName: 'Elastic Load Balancing' },
    { ServiceName: 'Amazon Simple Queue Service' },
  );
  expect(charges.map(({ service }) => service)).toEqual([
    'Amazon Elastic Load Balancing',
    'Amazon Simple Queue Service',
  ]);
});

test.each([
  '2024-09-30',
  '2024-09-30 00:00:00',
  '2024-09-30T23:59:59Z',
  '2024-09-30T23:59:59.000Z',
  '2024-09-30 23:59:59 UTC',
])('%s is read as its UTC day, and the bill’s `asOf` is the end of that day', async (ChargePeriodStart) => {
  const { charges, asOf } = await read({ ChargePeriodStart }, { ChargePeriodStart: '2024-09-01 00:00:00' });
  expect(charges[0]?.day).toBe('2024-09-30');
  expect(asOf.toISOString()).toBe('2024-10-01T00:00:00.000Z');
});

test('amounts stay exact, even with an exponent or a sign', async () => {
  const amounts = ['0.00000080000', '35.2E-7', '-0.10', '+3', '12345678901234567890.1'];
  const { charges } = await read(...amounts.map((BilledCost) => ({ BilledCost })));
  expect(charges.map(({ usd }) => usd)).toEqual([
    '0.0000008',
    '0.00000352',
    '-0.1',
    '3',
    '12345678901234567890.1',
  ]);
  const total = charges.reduce((sum, { usd }) => sum.plus(usd), new Big(0));
  expect(total.toFixed()).toBe('12345678901234567893.00000432');
});

test('rows of other clouds are skipped and counted, whatever they contain', async () => {
  const other = { BillingCurrency: 'EUR', ChargePeriodStart: '2030-01-01 00:00:00' };
  const { charges, asOf, notes } = await read(
    {},
    { ...other, ProviderName: 'Microsoft' },
    { ...other, ProviderName: 'Oracle' },
    { ...other, ProviderName: 'Microsoft' },
  );
  expect([charges.length, asOf.toISOString()]).toEqual([1, '2024-09-19T00:00:00.000Z']);
  expect(notes).toEqual([
    'bill.csv: 1 rows of AWS, read as one account, 111122223333',
    'bill.csv: rows of other clouds skipped: Microsoft 2, Oracle 1',
    'bill.csv: a FOCUS export holds no IAM users, roles or instances, so there are none',
  ]);
});

test('the inventory has each tagged resource with an ARN, with the tags of its latest day', async () => {
  const early = '2024-09-01 00:00:00';
  const zone = 'arn:aws:route53:::hostedzone/Z1';
  const { resources } = await read(
    { Tags: '{"Owner": "ben"}' },
    { Tags: '{"Owner": "ana"}', ChargePeriodStart: early },
    { ResourceId: 'vol-01' },
    { ResourceId: zone, RegionId: 'global' },
    { ResourceId: 'bucket', ServiceName: 'Amazon Simple Storage Service' },
    { ResourceId: 'vpn-01' },
    { ResourceId: 'i-untagged', Tags: 'NULL' },
  );
  expect(resources).toEqual([
    {
      arn: 'arn:aws:ec2:us-west-2:111122223333:instance/i-0a1b',
      region: 'us-west-2',
      tags: { Owner: 'ben' },
    },
    { arn: 'arn:aws:ec2:us-west-2:111122223333:volume/vol-01', region: 'us-west-2', tags: { Owner: 'ana' } },
    { arn: zone, region: 'us-east-1', tags: { Owner: 'ana' } },
    { arn: 'arn:aws:s3:::bucket', region: 'us-west-2', tags: { Owner: 'ana' } },
  ]);
});

test.each<[string, Row, string]>([
  ['another currency', { BillingCurrency: 'EUR' }, 'BillingCurrency: expected USD, got "EUR"'],
  ['no amount', { BilledCost: 'NULL' }, 'BilledCost: expected a value, got "NULL"'],
  ['an amount in words', { BilledCost: '1,5' }, 'BilledCost: expected a decimal number, got "1,5"'],
  [
    'a day that does not exist',
    { ChargePeriodStart: '2024-02-30 00:00:00' },
    'ChargePeriodStart: expected a UTC time such as 2024-09-30 22:00:00, got "2024-02-30 00:00:00"',
  ],
  [
    'a local time',
    { ChargePeriodStart: '2024-09-30T00:00:00+02:00' },
    'ChargePeriodStart: expected a UTC time such as 2024-09-30 22:00:00, got "2024-09-30T00:00:00+02:00"',
  ],
  [
    'tags that are not JSON',
    { Tags: 'Owner=ana' },
    'Tags: expected a JSON object of strings, got "Owner=ana"',
  ],
  ['tags that are an array', { Tags: '["a"]' }, 'Tags: expected a JSON object of strings, got "["a"]"'],
  [
    'a tag that is not a string',
    { Tags: '{"Owner": 1}' },
    'Tags: expected a JSON object of strings, got "{"Owner": 1}"',
  ],
  [
    'an unknown category',
    { ChargeCategory: 'Gift' },
    'ChargeCategory: expected one of Usage, Purchase, Tax, Credit, Adjustment, got "Gift"',
  ],
  ['no provider', { ProviderName: '' }, 'ProviderName: expected a value, got ""'],
])('the error about %s names file, line and column', async (_what, different, message) => {
  await expect(read({}, { Tags: '{"note":\n"of two lines"}' }, different)).rejects.toMatchObject({
    name: 'UserError',
    message: `${file}:5: ${message}`,
  });
});

test('the error about a row with too few fields names its line', async () => {
  await expect(read({}, '1,USD')).rejects.toThrow(`${file}:3: expected 10 fields as in the header, got 2`);
});

test('the error about a header names the missing columns', async () => {
  await expect(readText('BilledCost,Tags\n1,{}')).rejects.toThrow(
    `${file}:1: expected a FOCUS header with the columns BillingCurrency, ChargeCategory, ChargePeriodStart, ProviderName, RegionId, ResourceId, ServiceName, got BilledCost, Tags`,
  );
});

test.each([
  [
    'within a field',
    '"1"2,USD',
    '3: field 1: expected a comma or a line end after the closing quote, got "2"',
  ],
  ['in an unquoted field', '1,U"SD', '3: field 2: expected no quote within an unquoted field, got a quote'],
  ['that is not closed', '1,"USD', '3: field 2: expected a closing quote, got the end of the file'],
])('the error about a quote %s names file, line and field', async (_, row, message) => {
  await expect(read({}, row)).rejects.toThrow(new Error(`${file}:${message}`));
});

test.each([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
])('a file with %j between its fields is an error that says so', async (delimiter, inWords) => {
  const columns = Object.keys(ROW);
  await expect(readText(columns.join(delimiter))).rejects.toThrow(
    new Error(
      `${file}:1: expected a header with commas between the fields, got ${inWords}: export the file with commas between the fields`,
    ),
  );
  await expect(readText(columns.map((name) => `"${name}"`).join(delimiter))).rejects.toThrow(
    new Error(
      `${file}:1: field 1: expected a comma or a line end after the closing quote, got ${JSON.stringify(delimiter)}: export the file with commas between the fields`,
    ),
  );
});

test('a column that is there twice is an error, because its values may differ', async () => {
  const twice = [`${HEADER},BilledCost,Tags`, `${line({})},18,NULL`].join('\n');
  await expect(readText(twice)).rejects.toThrow(
    new Error(`${file}:1: expected each column once, got BilledCost, Tags more than once`),
  );
});

test('a column that is not read may be there twice', async () => {
  const { charges } = await readText([`${HEADER},x_Note,x_Note`, `${line({})},a,b`].join('\n'));
  expect(charges).toHaveLength(1);
});

test.each(['constructor', 'toString', '__proto__'])('a service may be called %s', async (ServiceName) => {
  const { charges } = await read({ ServiceName });
  expect(charges[0]?.service).toBe(ServiceName);
});

test('a file of another kind is a user error that names the file, in a line that fits a screen', async () => {
  await expect(readText('{\n  "name": "typescript"\n}\n')).rejects.toMatchObject({
    name: 'UserError',
    message: `${file}:2: field 1: expected no quote within an unquoted field, got a quote`,
  });
  const failed = await readText(`${'\u0001binary'.repeat(10_000)}\n`).catch((error: Error) => error.message);
  expect(failed).toMatch(/bill\.csv:1: expected a FOCUS header with the columns .*, got .*…$/);
  expect(String(failed).length).toBeLessThan(500);
});

test('an export without a row of AWS is an error', async () => {
  await expect(read({ ProviderName: 'Oracle' })).rejects.toThrow(
    `${file}: expected at least one row whose ProviderName is AWS, got none`,
  );
  await expect(readText('')).rejects.toThrow(`${file}: expected a header and rows of CSV, got an empty file`);
});

test('the error about a missing file names it', async () => {
  const missing = path.join(folder, 'missing.csv');
  await expect(readFocusBill(missing)).rejects.toThrow(
    `${missing}: expected a readable CSV file, got: ENOENT`,
  );
});

test('columns may have any order, and the file may have a byte order mark and Windows line ends', async () => {
  const columns = Object.keys(ROW).reverse().join(',');
  const cells = line({}).split('","').join('"\n"').split('\n').reverse().join(',');
  const { charges } = await readText(`\ufeff${columns}\r\n${cells}\r\n`);
  expect(charges[0]).toMatchObject({ usd: '1.5', tags: { Owner: 'ana' } });
});
