import { readSettings } from '../../lib/config';
import { monthlyPrices, priceTable } from '../../lib/price';

test('the price table shows the least and the most that a month can cost', () => {
  const settings = readSettings({
    pushgateway: { url: 'https://gateway.example.com' },
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
Cost Explorer, all accounts, 31 days. Least: one page per query. Most: every run and its 1 retry at the cap (maxRequests).
`);
});

test('a member adds its own queries, except those that the management account sends for all accounts', () => {
  const member = (accountId: string) => ({ accountId, roleArn: `arn:aws:iam::${accountId}:role/tollgate` });
  const prices = monthlyPrices(
    readSettings({
      pushgateway: { url: 'https://gateway.example.com' },
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

test('a cap below the number of queries of a run is an error that names the collector', () => {
  const settings = (maxRequests: number) =>
    readSettings({ pushgateway: { url: 'https://gateway.example.com' }, maxRequests });
  expect(() => settings(2)).toThrow(
    'maxRequests: expected at least 3, the queries of one run of user-costs, got 2',
  );
  expect(() => settings(3)).not.toThrow();
});
