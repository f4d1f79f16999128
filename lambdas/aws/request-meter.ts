import type { Outcome } from '../catalog/label-values';
import { COST_EXPLORER_REQUEST_USD } from '../catalog/price';

interface RequestCount {
  /** The name of the service in the SDK: `Cost Explorer`, `IAM`, … */
  readonly service: string;
  readonly operation: string;
  readonly outcome: Outcome;
  readonly requests: number;
}

/** Counts the requests of one run and caps those to Cost Explorer, which bills each. */
export interface RequestMeter {
  /**
   * Call it before each attempt.
   * @throws RequestCapError when the request would exceed the cap.
   */
  admit(service: string): void;
  count(service: string, operation: string, outcome: Outcome): void;
  counts(): readonly RequestCount[];
  /** Returns the price of the run at Cost Explorer in USD. Requests that end in an error are free. */
  costExplorerUsd(): number;
}

const COST_EXPLORER = 'Cost Explorer';

/**
 * Returns the meter of one run.
 * @param costExplorerCap Most Cost Explorer requests of the run, pages and retries included.
 */
export function requestMeter(costExplorerCap: number): RequestMeter {
  const requests = new Map<string, RequestCount>();
  let admitted = 0;
  return {
    admit(service) {
      if (service !== COST_EXPLORER) return;
      if (admitted >= costExplorerCap) throw new RequestCapError(costExplorerCap);
      admitted += 1;
    },
    count(service, operation, outcome) {
      const key = [service, operation, outcome].join('\0');
      requests.set(key, { service, operation, outcome, requests: (requests.get(key)?.requests ?? 0) + 1 });
    },
    counts: () => [...requests.values()],
    costExplorerUsd: () => {
      const billed = [...requests.values()].filter(
        ({ service, outcome }) => service === COST_EXPLORER && outcome === 'ok',
      );
      const pages = billed.reduce((sum, { requests }) => sum + requests, 0);
      return Math.round(pages * COST_EXPLORER_REQUEST_USD * 100) / 100;
    },
  };
}

/** Thrown when the run has used its Cost Explorer requests. */
class RequestCapError extends Error {
  override readonly name = 'RequestCapError';
  constructor(cap: number) {
    super(
      `the cap of ${cap} Cost Explorer requests per run is reached; raise maxRequests if the account needs more pages`,
    );
  }
}
