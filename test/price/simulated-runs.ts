import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import type { SimulatedRequest } from '../../lib/local/aws/server';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import type { Invocation } from '../../lib/local/lambda';
import { billOf } from '../support/bill';
import { appFor, deployed } from '../support/deployed';
import { everyActionOf } from '../support/every-action-of';
import { seriesIn } from '../support/exposition-lines';
import { runFunction, variablesOf, withOverrides } from '../support/functions';
import { type RecordingGateway, startRecordingGateway } from '../support/recording-gateway';
import type { Configuration } from './configurations';

export interface CountedRun extends Invocation {
  /** Requests to Cost Explorer, including further pages. */
  readonly requests: readonly SimulatedRequest[];
  /** Number of first pages. */
  readonly queries: number;
}

/** Collectors that may send requests to Cost Explorer; the roles and bundles of the others have no such action. */
export const BILLED = (Object.keys(COLLECTORS) as CollectorName[]).filter((collector) =>
  everyActionOf(collector).some((action) => action.startsWith('ce:')),
);

export interface PricedRun extends CountedRun {
  readonly collector: CollectorName;
  /** Spending that the run reports, for each of its accounts. */
  readonly spentUsd: readonly number[];
}

/** Returns a function that runs the billed collectors, each only once for the same settings and account. */
export function pricedRuns() {
  const known = new Map<string, Promise<PricedRun>>();
  return (configuration: Configuration): Promise<PricedRun[]> =>
    Promise.all(
      BILLED.map((collector) => {
        const id = JSON.stringify([
          collector,
          variablesOf(collector, configuration.settings),
          { ...configuration, settings: {} },
        ]);
        const run = known.get(id) ?? pricedRun(collector, configuration);
        known.set(id, run);
        return run;
      }),
    );
}

async function pricedRun(collector: CollectorName, configuration: Configuration): Promise<PricedRun> {
  const { function: fn } = await deployed(collector, appFor(configuration.settings));
  const gateway = await startRecordingGateway();
  try {
    const run = await runCounted({ ...fn, collector }, gateway, configuration);
    const series = [...gateway.groups.values()].flatMap(seriesIn);
    const spent = series.filter(({ name }) => name === 'tollgate_run_cost_explorer_usd');
    return { ...run, collector, spentUsd: spent.map(({ value }) => value) };
  } finally {
    await gateway.stop();
  }
}

export async function runCounted(
  { collector, ...fn }: DeployedFunction & { readonly collector: CollectorName },
  gateway: RecordingGateway,
  { settings, bill, ...account }: Configuration,
): Promise<CountedRun> {
  const { maxRequests, ...others } = settings;
  const environment = variablesOf(collector, {
    sinks: [{ type: 'pushgateway', url: gateway.url }],
    ...others,
  });
  // Synthesis refuses a cap below the queries of a run, but some tests need one.
  const capped = maxRequests === undefined ? {} : { maxRequests };
  const { requests: all, ...invocation } = await runFunction(
    withOverrides({ ...fn, environment }, collector, capped),
    { bill: billOf(bill), ...account },
  );
  const requests = all.filter(({ action }) => action.startsWith('ce:'));
  return { ...invocation, requests, queries: requests.filter(({ page }) => page === 1).length };
}
