import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import { monthlyPrices } from '../../lib/price';
import { settingsWith } from '../support/functions';
import { CONFIGURATIONS } from './configurations';
import { BILLED, type CountedRun, pricedRuns } from './simulated-runs';

const runAll = pricedRuns();

test('collectors that send no Cost Explorer request cost nothing', () => {
  const others = monthlyPrices(settingsWith()).filter(({ collector }) => !BILLED.includes(collector));
  expect(others.map(({ collector, queriesPerRun, mostUsd }) => [collector, queriesPerRun, mostUsd])).toEqual([
    ['iam-users', 0, 0],
    ['tags', 0, 0],
  ]);
});

test('there are at least twenty configurations', () => {
  expect(Object.keys(CONFIGURATIONS).length).toBeGreaterThanOrEqual(20);
});

test.each(Object.entries(CONFIGURATIONS))(
  '%s: the run sends exactly the announced queries',
  async (_, configuration) => {
    const prices = monthlyPrices(settingsWith(configuration.settings)).filter(({ collector }) =>
      BILLED.includes(collector),
    );
    const runs = await runAll(configuration);
    expect(
      runs.map(({ collector, error, queries }) => ({ collector, error: error?.errorMessage, queries })),
    ).toEqual(
      prices.map(({ collector, queriesPerRun }) => ({ collector, error: undefined, queries: queriesPerRun })),
    );
    for (const [index, { requests, queries }] of runs.entries()) {
      expect(requests.length).toBeLessThanOrEqual(prices[index]?.maxRequestsPerRun ?? 0);
      expect(prices[index]?.leastUsd).toBeCloseTo(
        queries * (prices[index]?.runs ?? 0) * COST_EXPLORER_REQUEST_USD,
      );
    }
    for (const { spentUsd, requests } of runs) expect(sum(spentUsd)).toBe(sum([billedUsd(requests)]));
  },
);

/** Returns the price of the requests; a refused request is free. */
function billedUsd(requests: CountedRun['requests']): number {
  const billed = requests.filter(({ status }) => status === 200);
  return Number((billed.length * COST_EXPLORER_REQUEST_USD).toFixed(2));
}

/** Returns the sum in full cents. */
function sum(usd: readonly number[]): number {
  return usd.reduce((cents, amount) => cents + Math.round(amount * 100), 0);
}
