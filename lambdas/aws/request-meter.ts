import type { Outcome } from '../catalog/label-values';
import { COST_EXPLORER_REQUEST_USD } from '../catalog/price';

interface RequestCount {
  /** The SDK's name of the service: `Cost Explorer`, `IAM`, … */
  readonly service: string;
  readonly operation: string;
  readonly outcome: Outcome;
  readonly requests: number;
}

/** Counts the requests of one run, and refuses to send more than its cap to Cost Explorer, which bills each. */
export interface RequestMeter {
  /** Throws a RequestCapError when the request would exceed the cap; to be called before each attempt. */
  admit(service: string): void;
  count(service: string, operation: string, outcome: Outcome): void;
  counts(): readonly RequestCount[];
  /** USD that Cost Explorer charges for the run: requests that end in an error are free. */
  costExplorerUsd(): number;
}

const COST_EXPLORER = 'Cost Explorer';

/** @param costExplorerCap requests to Cost Explorer a run, pages and retries included. */
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

/** The run has used up its requests to Cost Explorer. */
export class RequestCapError extends Error {
  override readonly name = 'RequestCapError';
  constructor(cap: number) {
    super(
      `the cap of ${cap} Cost Explorer requests a run is reached; raise maxRequests if the account needs more pages`,
    );
  }
}
