import { readSettings } from '../../lib/config';
import { monthlyPrices, priceTable } from '../../lib/price';

test('the price of a month, at least and at most', () => {
  const settings = readSettings({
    pushgateway: { url: 'https://gateway.example.com' },
    hours: { 'user-costs': [6, 18, 18] },
    maxRequests: 10,
  });
  expect(priceTable(monthlyPrices(settings))).toBe(`\
collector   runs/month  queries/run  max requests/run  USD/month least   most
iam-users           31            0                 0             0.00   0.00
user-costs          62            3                10             1.86  12.40
total                                                             1.86  12.40
Cost Explorer, one account, 31 days. Least: one page a query. Most: every run and its 1 retry at the cap (maxRequests).
`);
});
