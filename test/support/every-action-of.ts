import { actionsOf } from '../../lambdas/catalog/actions';
import type { CollectorName } from '../../lambdas/catalog/collectors';

/** Returns the IAM actions that the collector's function needs with every setting switched on. */
export function everyActionOf(collector: CollectorName): string[] {
  return actionsOf(collector, { roleCosts: true, resourceServices: ['Amazon Simple Storage Service'] });
}
