import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestMeter } from '../../lambdas/aws/request-meter';
import { SERVE_METRICS } from '../../lambdas/catalog/serve-metrics';
import { version } from '../../package.json';

/** The metrics of the exporter's process. Its counters accumulate. */
export interface RuntimeMetrics {
  readonly registry: Registry;
  readonly startedAt: Date;
  /** Counts a run in one account. */
  run(collector: string, outcome: RunOutcome): void;
  /** Counts a failure. */
  failure(part: string, reason: string): void;
  /** Counts a collection at scrape time that failed. */
  scrapeFailure(collector: string, reason: string): void;
  /** Counts the requests of a run to AWS. */
  awsRequests(counts: ReturnType<RequestMeter['counts']>): void;
  /** Counts an HTTP request that was answered. */
  httpRequest(answered: { readonly method: string; readonly code: number; readonly seconds: number }): void;
}

/** The outcome of a run in one account. */
export type RunOutcome = 'complete' | 'incomplete' | 'skipped' | 'not_started';

/** Returns metrics that begin at zero. */
export function runtimeMetrics(startedAt = new Date()): RuntimeMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge(of(registry, 'tollgate_build_info')).set({ version, node_version: process.version }, 1);
  const runs = new Counter(of(registry, 'tollgate_serve_runs_total'));
  const failures = new Counter(of(registry, 'tollgate_serve_failures_total'));
  const scrapeFailures = new Counter(of(registry, 'tollgate_serve_scrape_failures_total'));
  const requests = new Counter(of(registry, 'tollgate_serve_aws_requests_total'));
  const answers = new Counter(of(registry, 'http_requests_total'));
  const durations = new Histogram(of(registry, 'http_request_duration_seconds'));
  return {
    registry,
    startedAt,
    run: (collector, outcome) => runs.inc({ collector, outcome }),
    failure: (part, reason) => failures.inc({ part, reason }),
    scrapeFailure: (collector, reason) => scrapeFailures.inc({ collector, reason }),
    awsRequests: (counts) => {
      for (const { requests: count, ...kind } of counts) requests.inc(kind, count);
    },
    httpRequest: ({ method, code, seconds }) => {
      answers.inc({ method: METHODS.has(method) ? method : 'other', code });
      durations.observe(seconds);
    },
  };
}

/** The methods that have a value of their own, so that clients cannot add series. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Returns the configuration of a metric from its row in the catalog. */
function of(registry: Registry, name: keyof typeof SERVE_METRICS) {
  const { help, labels, buckets = undefined } = { buckets: undefined, ...SERVE_METRICS[name] };
  return {
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
    ...(buckets && { buckets: [...buckets] }),
  };
}
