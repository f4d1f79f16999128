import { seriesOf } from '../../../lib/local/demo-bill';
import { scrapeIntervalFor } from '../../../lib/local/servers/prometheus';
import { billOf, NOON } from '../../scorecard/bills';
import { userOf } from '../../support/bill';

test.each([
  [0, 3_000],
  [10_000, 3_000],
  [130_000, 33_000],
])('%i series are scraped every %i ms', (series, interval) => {
  expect(scrapeIntervalFor(series)).toBe(interval);
});

test('a bill has a series for each user in each Region, and for each resource', () => {
  const bill = billOf([{ region: 'eu-west-1' }, { region: 'global' }], {
    asOf: NOON,
    users: ['a', 'b', 'c'].map((name) => userOf(name)),
    resources: [{ arn: 'arn:aws:sqs:eu-west-1:1:q', region: 'eu-west-1', tags: {} }],
  });
  expect(seriesOf(bill)).toBe(3 * 2 + 1);
});
