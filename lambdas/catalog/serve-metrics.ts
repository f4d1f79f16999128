import type { MetricType } from './metrics';

/** One row of the table of the exporter's own metrics. */
export interface ServeMetricDefinition {
  readonly help: string;
  readonly type: Exclude<MetricType, 'summary'>;
  /** The meaning of each label. */
  readonly labels: Readonly<Record<string, string>>;
  /** Upper bounds of a histogram's buckets, in the unit of the metric, without `+Inf`. */
  readonly buckets?: readonly number[];
}

/** The metrics of the exporter's process, besides those that prom-client has for every Node.js process. No Lambda function has them. */
export const SERVE_METRICS = {
  tollgate_build_info: {
    help: 'The version of the exporter; the value is 1.',
    type: 'gauge',
    labels: { version: 'Version of Tollgate.', node_version: 'Version of Node.js.' },
  },
  tollgate_serve_runs_total: {
    help: 'Runs since the process started, one for each collector and account.',
    type: 'counter',
    labels: {
      collector: 'Name of the collector.',
      outcome:
        '`complete`, `incomplete`, `skipped` if the ledger had the run already, or `not_started` if the account was unknown because AWS did not answer.',
    },
  },
  tollgate_serve_aws_requests_total: {
    help: 'Requests of runs to AWS since the process started, retries included.',
    type: 'counter',
    labels: {
      service: 'Name of the service in the SDK.',
      operation: 'Operation of the AWS API.',
      outcome: 'Outcome of the request, as in `tollgate_run_aws_requests`.',
    },
  },
  tollgate_serve_failures_total: {
    help: 'Failures since the process started.',
    type: 'counter',
    labels: {
      part: 'Part of the run that failed, as in `tollgate_run_failures`; or `snapshot`: the file with all groups could not be written.',
      reason: 'Reason of the failure, as in `tollgate_run_failures`.',
    },
  },
  tollgate_serve_scrape_failures_total: {
    help: 'Collections at scrape time that failed since the process started. The metrics of the collector were absent from these scrapes.',
    type: 'counter',
    labels: {
      collector: 'Name of the collector.',
      reason: 'Reason of the first failure, as in `tollgate_run_failures`.',
    },
  },
  http_requests_total: {
    help: 'HTTP requests that the exporter answered.',
    type: 'counter',
    labels: {
      method: 'HTTP method; `other` for an unusual one.',
      code: 'HTTP status code.',
    },
  },
  http_request_duration_seconds: {
    help: 'Durations of HTTP requests until the answer was ready to be sent.',
    type: 'histogram',
    labels: {},
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  },
} as const satisfies Record<string, ServeMetricDefinition>;
