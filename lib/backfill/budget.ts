import { type RequestMeter, requestMeter } from '../../lambdas/aws/request-meter';
import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import { UserError } from '../user-error';

/** Returns the number of Cost Explorer requests that an amount buys. */
function requestsFor(usd: number): number {
  return Math.floor(usd / COST_EXPLORER_REQUEST_USD + 1e-9);
}

/** Returns a meter that refuses a Cost Explorer request which would exceed the limit. AWS charges no request that it refuses. */
export function budget(maxUsd: number): RequestMeter {
  const meter = requestMeter(Number.POSITIVE_INFINITY);
  return {
    ...meter,
    begin(service, operation) {
      if (service === SERVICE && chargeable(meter) >= requestsFor(maxUsd)) throw new BudgetError(maxUsd);
      return meter.begin(service, operation);
    },
  };
}

const SERVICE = 'Cost Explorer';

/** Returns the number of requests that AWS may charge: those that it answered, and those whose answer did not arrive. */
function chargeable(meter: RequestMeter): number {
  const charged = meter
    .counts()
    .filter(({ service, outcome }) => service === SERVICE && (outcome === 'ok' || outcome === 'timeout'));
  return charged.reduce((sum, { requests }) => sum + requests, 0);
}

/** Thrown before a request that would cost more than the user allows. */
class BudgetError extends UserError {
  override readonly name = 'BudgetError';
  constructor(maxUsd: number) {
    super(
      `--max-usd: the next request would exceed $${maxUsd.toFixed(2)}; everything that was paid for is kept: repeat the command with a higher limit to continue`,
    );
  }
}
