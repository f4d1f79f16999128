import type { JobName } from './jobs';

/** Every label of the suite, and what its values say. */
export const LABELS = {
  account_id: 'AWS account.',
  region: 'Region as Cost Explorer says it; `global` and `NoRegion` are two of its values.',
  user_name:
    'IAM user, or value of the owner tag, as it is; `__unattributed__` is nobody, `__other__` the folded rest.',
  user_arn: 'ARN of the IAM user, its path included.',
  user_id: 'Unique id of the IAM user (`AIDA…`), never used again.',
  service:
    'In resource costs the service of the ARN (`ec2`, `s3`), `unknown` where an id has none; in requests the name in the SDK.',
  resource:
    'Id of the resource as Cost Explorer says it; `__unattributed__` and `__other__` as in `user_name`.',
  breakdown: '`user` or `resource`.',
  method: 'Rule of attribution, `owner-tag` or `created-by`, or `none`.',
  days_before_period_end: '`0` is the last day of the cost window, `3` the oldest shown.',
  collector: 'Name of the collector.',
  part: '`users`, `user_costs`, `resource_costs`, `push`, `delete`, `health`, or `collect` where the whole collector failed.',
  reason:
    '`denied`, `not_enabled` (Cost Explorer), `throttled`, `timeout`, `request_cap`, `no_data`, `bad_amount`, `gateway` or `other`.',
  operation: 'Operation of the AWS API.',
  outcome: '`ok`, `throttled`, `denied`, `timeout` or `error`.',
} as const;

export type LabelName = keyof typeof LABELS;

export interface MetricDefinition {
  /** The HELP text that Prometheus shows. */
  readonly help: string;
  readonly labels: readonly LabelName[];
  /** The jobs whose groups hold this metric. */
  readonly jobs: readonly JobName[];
}

/**
 * Every metric of the suite: all are Gauges, money is in USD, times are Unix seconds in UTC.
 * Billed cost is Cost Explorer's UnblendedCost (FOCUS BilledCost).
 */
export const METRICS = {
  aws_iam_user_info: {
    help: 'An IAM user that exists; always 1.',
    labels: ['account_id', 'user_name', 'user_arn', 'user_id'],
    jobs: ['IAM_User_Details'],
  },
  aws_iam_user_create_timestamp_seconds: {
    help: 'When the IAM user was created.',
    labels: ['account_id', 'user_name'],
    jobs: ['IAM_User_Details'],
  },
  aws_iam_user_password_last_used_timestamp_seconds: {
    help: 'When the IAM user last signed in with a password; absent where IAM knows of no such sign-in.',
    labels: ['account_id', 'user_name'],
    jobs: ['IAM_User_Details'],
  },
  aws_user_billed_cost_usd: {
    help: 'Billed cost of the cost window (costDays) by owner tag; IAM users who own nothing have 0 in every Region that has cost.',
    labels: ['account_id', 'region', 'user_name'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_user_resource_billed_cost_usd: {
    help: 'Billed cost of the resource window (resourceDays) by resource and the owner it is tagged with today; the remainder of the Region is resource __unattributed__: charges without a resource, and services outside resourceServices.',
    labels: ['account_id', 'region', 'user_name', 'service', 'resource'],
    jobs: ['IAM_User_Resource_List_Cost'],
  },
  aws_cost_attributed_usd: {
    help: 'Billed cost of the cost window by how it found its owner: the rule of attribution, or none.',
    labels: ['account_id', 'region', 'method'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_region_day_billed_cost_usd: {
    help: 'Billed cost of each of the last whole days of the cost window; AWS restates a day for some days after it.',
    labels: ['account_id', 'region', 'days_before_period_end'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_region_day_estimated: {
    help: '1 while Cost Explorer still calls the day an estimate, 0 after.',
    labels: ['account_id', 'region', 'days_before_period_end'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  tollgate_breakdown_gap_usd: {
    help: 'Separately asked total minus the sum of the breakdown; 0 unless a number is missing or counted twice, or AWS restated it between two questions.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: ['IAM_User_Total_Services_Cost_List', 'IAM_User_Resource_List_Cost'],
  },
  tollgate_breakdown_period_end_timestamp_seconds: {
    help: 'End (exclusive) of the charge period that the breakdown covers.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: ['IAM_User_Total_Services_Cost_List', 'IAM_User_Resource_List_Cost'],
  },
  tollgate_resource_data_available: {
    help: 'Whether Cost Explorer has resource-level data for the account: 0 while it is switched off in its preferences.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_start_timestamp_seconds: {
    help: 'When the last run started.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_duration_seconds: {
    help: 'How long the last run took, from its start to the push of this value.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_incomplete: {
    help: '1 when the last run left anything out, 0 when it was whole.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_failures: {
    help: 'What the last run left out, counted by part and reason; absent when nothing failed.',
    labels: ['account_id', 'collector', 'part', 'reason'],
    jobs: ['tollgate'],
  },
  tollgate_run_aws_requests: {
    help: 'Requests the last run sent to AWS, retries included.',
    labels: ['account_id', 'collector', 'service', 'operation', 'outcome'],
    jobs: ['tollgate'],
  },
  tollgate_run_cost_explorer_usd: {
    help: 'What Cost Explorer charges for the last run: each answered request, that is each page, is $0.01.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_success_timestamp_seconds: {
    help: 'When the last whole run ended.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate_success'],
  },
  tollgate_success_period_end_timestamp_seconds: {
    help: 'End (exclusive) of the charge period of the last whole run; absent for collectors without one.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate_success'],
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

/** The metrics that a group of the job may hold. */
export type MetricOf<J extends JobName> = {
  [N in MetricName]: J extends (typeof METRICS)[N]['jobs'][number] ? N : never;
}[MetricName];

/** Exactly the labels of the metric. */
export type Labels<N extends MetricName> = Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>;

/** The reserved values of `user_name`, `service` and `resource`; a tag with such a value names nobody. */
export const UNATTRIBUTED = '__unattributed__';
export const OTHER = '__other__';
