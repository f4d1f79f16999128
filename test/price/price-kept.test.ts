import type { CollectorName } from '../../lambdas/catalog/collectors';
import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import { monthlyPrices } from '../../lib/price';
import { seriesIn } from '../support/exposition-lines';
import { settingsWith, synthesisedFunctions } from '../support/functions';
import { type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import { CONFIGURATIONS } from './configurations';
import { type CountedRun, runAll } from './simulated-runs';

let functions: Record<CollectorName, DeployedFunction>;
let remove = () => {};
let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await startRecordingGateway();
  ({ functions, remove } = await synthesisedFunctions());
});
afterAll(async () => {
  remove();
  await gateway.stop();
});
beforeEach(() => gateway.clear());

test('the configurations are at least twenty', () => {
  expect(Object.keys(CONFIGURATIONS).length).toBeGreaterThanOrEqual(20);
});

test.each(Object.entries(CONFIGURATIONS))(
  '%s: the queries that were announced are those that came',
  async (_, configuration) => {
    const prices = monthlyPrices(settingsWith(configuration.settings));
    const runs = await runAll(functions, gateway, configuration);
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
    expect(publishedUsd()).toEqual(runs.map(({ requests }) => billedUsd(requests)).sort());
  },
);

/** A request that is refused is free. */
function billedUsd(requests: CountedRun['requests']): number {
  const billed = requests.filter(({ status }) => status === 200);
  return Number((billed.length * COST_EXPLORER_REQUEST_USD).toFixed(2));
}

/** What each run says that it spent. */
function publishedUsd(): number[] {
  return [...gateway.groups.values()]
    .flatMap(seriesIn)
    .filter(({ name }) => name === 'tollgate_run_cost_explorer_usd')
    .map(({ value }) => value)
    .sort();
}
