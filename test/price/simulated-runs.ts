import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import type { SimulatedRequest } from '../../lib/local/aws/server';
import type { DeployedFunction } from '../../lib/local/cloud-assembly';
import type { Invocation } from '../../lib/local/lambda';
import { billOf } from '../support/bill';
import { runFunction, variablesOf } from '../support/functions';
import type { RecordingGateway } from '../support/recording-gateway';
import type { Configuration } from './configurations';

export interface CountedRun extends Invocation {
  readonly collector: CollectorName;
  /** To Cost Explorer, pages and whatever else included. */
  readonly requests: readonly SimulatedRequest[];
  /** First pages. */
  readonly queries: number;
}

/** A run of each function of the synthesised app, with the variables that a synthesis of these settings would give it. */
export function runAll(
  functions: Readonly<Record<CollectorName, DeployedFunction>>,
  gateway: RecordingGateway,
  configuration: Configuration,
): Promise<CountedRun[]> {
  const names = Object.keys(COLLECTORS) as CollectorName[];
  return Promise.all(
    names.map(async (collector) => ({
      collector,
      ...(await runCounted(functions[collector], gateway, configuration)),
    })),
  );
}

export async function runCounted(
  fn: DeployedFunction,
  gateway: RecordingGateway,
  { settings, bill, ...account }: Configuration,
): Promise<Omit<CountedRun, 'collector'>> {
  const environment = variablesOf({ pushgateway: { url: gateway.url }, ...settings });
  const { requests: all, ...invocation } = await runFunction(
    { ...fn, environment },
    { bill: billOf(bill), ...account },
  );
  const requests = all.filter(({ action }) => action.startsWith('ce:'));
  return { ...invocation, requests, queries: requests.filter(({ page }) => page === 1).length };
}
