import { accountsSource } from '../../../lambdas/collectors/accounts/source';
import type { AwsFault, SimulatedAwsOptions } from '../../../lib/local/aws/server';
import { bill, charge, stopAll } from '../../local/aws/simulation';
import { answerError, local } from '../../support/local-access';

const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
});

describe('forecast', () => {
  const DAY = { start: '2026-03-15', end: '2026-03-25' };

  test.each([
    ['begins today', DAY, '10 9 11'],
    ['covers days that are over at the same cost a day', { ...DAY, start: '2026-03-13' }, '12 10.8 13.2'],
  ])('%s', async (_, period, expected) => {
    const { access, aws } = await withHistory();
    const source = accountsSource(access);
    await source.totals({ start: '2026-03-01', end: '2026-03-15' });
    const { mean, lower, upper } = Object(await source.forecast(period));
    expect([mean, lower, upper].map(String).join(' ')).toBe(expected);
    expect(aws.requests.at(-1)).toMatchObject({ action: 'ce:GetCostForecast', status: 200 });
  });

  test('of a period that is over is not requested', async () => {
    const { access, aws } = await withHistory();
    const source = accountsSource(access);
    await source.totals({ start: '2026-03-01', end: '2026-03-15' });
    expect(await source.forecast({ start: '2026-02-28', end: '2026-03-01' })).toBe('period-over');
    expect(aws.requests).toHaveLength(1);
  });

  test.each<[AwsFault, object]>([
    [
      { action: 'ce:*', kind: 'amount', amount: '100', unit: 'CNY' },
      { name: 'InvalidAmountError', message: expect.stringContaining('got "100" CNY') },
    ],
    [
      { action: 'ce:*', kind: 'without', member: 'Total' },
      answerError('ce:GetCostForecast: expected Total, got an answer without it'),
    ],
    [
      { action: 'ce:*', kind: 'without', member: 'ForecastResultsByTime' },
      answerError('ce:GetCostForecast: expected ForecastResultsByTime, got an answer without it'),
    ],
  ])('with %j is an error', async (fault, error) => {
    const { access } = await withHistory([fault], { now: () => new Date() });
    const today = new Date().toISOString().slice(0, 10);
    const end = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await expect(accountsSource(access).forecast({ start: today, end })).rejects.toMatchObject(error);
  });

  test('of two months has no single interval', async () => {
    const { access } = await withHistory([], { now: () => new Date('2026-03-15T00:00:00Z') });
    const source = accountsSource(access);
    await source.totals({ start: '2026-03-01', end: '2026-03-15' });
    await expect(source.forecast({ start: '2026-03-15', end: '2026-04-02' })).rejects.toThrow(
      answerError('ce:GetCostForecast: expected one interval, got 2'),
    );
  });
});

/** Every one of the last thirty days costs one dollar. */
function withHistory(faults: readonly AwsFault[] = [], options: Partial<SimulatedAwsOptions> = {}) {
  const today = options.now?.() ?? new Date('2026-03-15T00:00:00Z');
  const days = Array.from({ length: 30 }, (_, i) => new Date(today.getTime() - (i + 1) * 86_400_000));
  const charges = days.map((day) => charge({ day: day.toISOString().slice(0, 10), usd: '1' }));
  return local({ bill: bill({ charges }), faults, ...options });
}
