import type { Outcome } from '../catalog/label-values';
import { COST_EXPLORER_REQUEST_USD } from '../catalog/price';

interface RequestCount extends RequestKind {
  readonly outcome: Outcome;
  readonly requests: number;
}

interface RequestKind {
  /** The name of the service in the SDK: `Cost Explorer`, `IAM`, … */
  readonly service: string;
  readonly operation: string;
}

/** The durations of all requests of one kind. */
interface RequestDurations extends RequestKind {
  /** In seconds. */
  readonly durations: readonly number[];
}

/** Counts and times the requests of one run, and caps those to Cost Explorer, which bills each. */
export interface RequestMeter {
  /**
   * Begins an attempt at a request; call the returned function with its outcome.
   * @throws RequestCapError when the request would exceed the cap.
   */
  begin(service: string, operation: string): (outcome: Outcome) => void;
  counts(): readonly RequestCount[];
  durations(): readonly RequestDurations[];
  /** Returns the price of the run at Cost Explorer in USD. Requests that end in an error are free. */
  costExplorerUsd(): number;
}

const COST_EXPLORER = 'Cost Explorer';

/**
 * Returns the meter of one run.
 * @param costExplorerCap Most Cost Explorer requests of the run, pages and retries included.
 * @param clock Milliseconds since any moment.
 */
export function requestMeter(costExplorerCap: number, clock = () => performance.now()): RequestMeter {
  const requests = new Map<string, RequestCount>();
  const durations = new Map<string, RequestKind & { readonly durations: number[] }>();
  let admitted = 0;
  const admit = (service: string) => {
    if (service !== COST_EXPLORER) return;
    if (admitted >= costExplorerCap) throw new RequestCapError(costExplorerCap);
    admitted += 1;
  };
  const count = (kind: RequestKind, outcome: Outcome) => {
    const key = JSON.stringify([kind.service, kind.operation, outcome]);
    requests.set(key, { ...kind, outcome, requests: (requests.get(key)?.requests ?? 0) + 1 });
  };
  const time = (kind: RequestKind, seconds: number) => {
    const key = JSON.stringify([kind.service, kind.operation]);
    const known = durations.get(key) ?? { ...kind, durations: [] };
    known.durations.push(seconds);
    durations.set(key, known);
  };
  return {
    begin(service, operation) {
      admit(service);
      const startedAt = clock();
      return (outcome) => {
        count({ service, operation }, outcome);
        time({ service, operation }, (clock() - startedAt) / 1000);
      };
    },
    durations: () => [...durations.values()],
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
