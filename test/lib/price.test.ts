import { readSettings } from '../../lib/config';
import { monthlyPrices, priceTable } from '../../lib/price';

test('the price table shows the least and the most that a month can cost', () => {
  const settings = readSettings({
    sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com' }],
    hours: { 'user-costs': [6, 18, 18] },
    maxRequests: 10,
  });
  expect(priceTable(monthlyPrices(settings))).toBe(`\
collector   runs/month  queries/run  max requests/run  USD/month least   most
iam-users           31            0                 0             0.00   0.00
user-costs          62            3                10             1.86  12.40
roles               31            0                 0             0.00   0.00
accounts            31            3                10             0.93   6.20
services            31            2                10             0.62   6.20
projects            31            2                10             0.62   6.20
tags                31            0                 0             0.00   0.00
total                                                             4.03  31.00
Cost Explorer, all accounts, 31 days. Least: one page per query. Most: every run crashes at the cap (maxRequests),
and its 1 retry pays again. No retry pays for a complete account, or after a cap, a denial or an invalid amount.
DynamoDB, for the ledger: about 0.01 USD a year in us-east-1; storage below 25 GB is free.
`);
});

test('a member adds its own queries, except those that the management account sends for all accounts', () => {
  const member = (accountId: string) => ({ accountId, roleArn: `arn:aws:iam::${accountId}:role/tollgate` });
  const prices = monthlyPrices(
    readSettings({
      sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com' }],
      members: [member('222233334444'), member('333344445555')],
      metricProfile: 'xc3',
      projectUsageTypes: ['atlas', ''],
    }),
  );
  expect(
    prices.map(({ collector, queriesPerRun, maxRequestsPerRun }) => [
      collector,
      queriesPerRun,
      maxRequestsPerRun,
    ]),
  ).toEqual([
    ['iam-users', 0, 0],
    ['user-costs', 9, 450],
    ['roles', 3, 450],
    ['accounts', 3, 450],
    ['services', 6, 450],
    ['projects', 12, 450],
    ['tags', 0, 0],
  ]);
});

test('a sink of remote write adds the reads and writes of the memory of its series', () => {
  const ledgerUsd = (sinks: readonly object[]) =>
    monthlyPrices(readSettings({ sinks })).find(({ collector }) => collector === 'services')?.ledgerUsd ?? 0;
  const written = { type: 'remote-write', url: 'https://mimir.example.com/api/v1/push' };
  const pushed = { type: 'pushgateway', url: 'https://gateway.example.com' };
  const memory = 31 * (300 * 0.125e-6 + 400 * 0.625e-6);
  expect(ledgerUsd([written])).toBeCloseTo(ledgerUsd([pushed]) + memory, 9);
  expect(ledgerUsd([written, pushed])).toBeCloseTo(ledgerUsd([pushed]) + memory + 31 * 15 * 0.125e-6, 9);
});

test('the ledger costs cents in a year, by runs and accounts; the digest has none', () => {
  const members = Array.from({ length: 40 }, (_, i) => {
    const accountId = String(222200000000 + i);
    return { accountId, roleArn: `arn:aws:iam::${accountId}:role/tollgate` };
  });
  const webhookSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-a1b2c3';
  const prices = monthlyPrices(
    readSettings({
      sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com' }],
      digest: { prometheusUrl: 'https://prometheus.example.com', webhookSecretArn },
      members,
      hours: { tags: [6, 18] },
    }),
  );
  const ofRun = (25 * 0.125 + 3 * 0.625) / 1_000_000;
  expect(Object.fromEntries(prices.map(({ collector, ledgerUsd }) => [collector, ledgerUsd]))).toMatchObject({
    'iam-users': expect.closeTo(31 * 41 * ofRun, 9),
    tags: expect.closeTo(62 * 41 * ofRun, 9),
    digest: 0,
  });
  expect(priceTable(prices)).toMatch(/\nDynamoDB, for the ledger: about 0.61 USD a year in us-east-1; .*\n$/);
});

test('a cap below the number of queries of a run is an error that names the collector', () => {
  const settings = (maxRequests: number) =>
    readSettings({ sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com' }], maxRequests });
  expect(() => settings(2)).toThrow(
    'maxRequests: expected at least 3, the queries of one run of user-costs, got 2',
  );
  expect(() => settings(3)).not.toThrow();
});

test('without costs by resource a run sends one query less, and the cap may be lower', () => {
  const settings = readSettings({
    sinks: [{ type: 'pushgateway', url: 'https://gateway.example.com' }],
    resourceServices: [],
    maxRequests: 3,
  });
  const queries = monthlyPrices(settings).map(({ collector, queriesPerRun }) => [collector, queriesPerRun]);
  expect(Object.fromEntries(queries)).toMatchObject({ 'user-costs': 2, accounts: 3 });
});
