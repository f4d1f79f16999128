import fc from 'fast-check';
import { checkSamples } from '../../../lambdas/metrics/check-samples';
import { anyCents, dollars } from '../../support/amounts';

const labels = { account_id: '111122223333', region: 'eu-west-1' };
const period = { start: '2026-02-15', end: '2026-03-01' };

test('a check has the gap and the end of its period, under the same labels', () => {
  const check = { labels, period, breakdown: 'user', total: dollars('10.3'), sum: dollars('10.1') } as const;
  expect(checkSamples(check)).toEqual([
    { metric: 'tollgate_breakdown_gap_usd', labels: { ...labels, breakdown: 'user' }, value: 0.2 },
    {
      metric: 'tollgate_breakdown_period_end_timestamp_seconds',
      labels: { ...labels, breakdown: 'user' },
      value: Date.parse('2026-03-01T00:00:00Z') / 1000,
    },
  ]);
});

test('the gap is 0 if the sum is the total, and positive if cost is missing', () => {
  fc.assert(
    fc.property(anyCents, anyCents, (total, sum) => {
      const [gap] = checkSamples({ labels, period, breakdown: 'account', total, sum });
      expect(Math.sign(gap?.value ?? Number.NaN)).toBe(total.cmp(sum));
    }),
  );
});
