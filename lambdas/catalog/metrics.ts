import type { JobName } from './jobs';
import type { LabelValue } from './label-values';

/** Every label and the meaning of its values. */
export const LABELS = {
  account_id: 'Id of the AWS account.',
  account_name: 'Name of the account in Organizations; empty outside an organization.',
  region:
    'Region in the format of Cost Explorer, which includes `global` and `NoRegion`. Empty if a value covers an account in all Regions.',
  user_name:
    'Name of the IAM user, or the unchanged value of the owner tag. With the attribution rule `created-by` also the id of a deleted user (`AIDA…`), or the id and session of a role (`AROA…:session`). `__unattributed__` and `__other__` name no user.',
  user_arn: 'ARN of the IAM user with its path.',
  user_id: 'Unique id of the IAM user (`AIDA…`), which AWS never reuses.',
  service:
    'Name of the service in Cost Explorer. In resource costs and for roles, the service of the ARN (`ec2`, `s3`), or `unknown` if the id has none. In requests, the name of the service in the SDK.',
  resource:
    'Id of the resource in Cost Explorer; in tagging metrics its ARN. `__unattributed__` and `__other__` name no resource.',
  role_name: 'Name of the IAM role.',
  role_arn: 'ARN of the IAM role with its path.',
  role_id: 'Unique id of the IAM role (`AROA…`), which AWS never reuses.',
  state:
    'State of the account in Organizations (`ACTIVE`, …) or of the EC2 instance in EC2 (`running`, …); empty for anything else.',
  month: 'Calendar month in UTC, such as `2026-03`.',
  charge_type: 'Charge type (RECORD_TYPE) in Cost Explorer: `Usage`, `Tax`, `Credit`, `Refund`, …',
  bound: '`mean`, or an end of the prediction interval: `lower` or `upper`.',
  project:
    'Unchanged value of the project tag; empty for cost without the tag. `__other__` is the sum of the smallest projects.',
  usage_type: 'Usage type in Cost Explorer.',
  unit: 'Unit of the quantity in Cost Explorer. Quantities of different units cannot be added.',
  compliant: '`true` for resources with every required tag, `false` for resources that lack one.',
  tag: 'Key of a required tag.',
  breakdown: 'Breakdown that is compared with a separately requested total.',
  list: 'List whose rows are aggregated or only counted beyond a limit.',
  method: 'Attribution rule that found the owner, `owner-tag` or `created-by`; `none` if no rule did.',
  days_before_period_end: '`0` is the last day of the cost window, `3` the oldest published day.',
  collector: 'Name of the collector.',
  part: 'Part of the run that failed, or whose data is not available.',
  reason: 'Reason of the failure.',
  sink: 'URL of the sink without a trailing slash, or `stdout`. Empty for failures of no single sink.',
  operation: 'Operation of the AWS API.',
  outcome: 'Outcome of the request.',
} as const;

/** A label of a catalog metric. */
export type LabelName = keyof typeof LABELS;

/** The types of metrics in Prometheus. */
export type MetricType = 'gauge' | 'counter' | 'histogram' | 'summary';

/** One row of the table of metrics. */
export interface MetricDefinition {
  /** The HELP text that Prometheus shows. */
  readonly help: string;
  /** @default 'gauge' */
  readonly type?: MetricType;
  /** Upper bounds of a histogram's buckets, in the unit of the metric, without `+Inf`. @default those of prom-client */
  readonly buckets?: readonly number[];
  /** Quantiles of a summary, from 0 to 1. @default those of prom-client */
  readonly quantiles?: readonly number[];
  readonly labels: readonly LabelName[];
  /** The jobs whose groups contain this metric. */
  readonly jobs: readonly JobName[];
}

/** The jobs whose breakdowns are compared with a separately requested total. */
const CHECKED_JOBS = [
  'IAM_User_Total_Services_Cost_List',
  'IAM_User_Resource_List_Cost',
  'Total_Account_Cost',
  'Services_Cost',
  'Project-Spend-Cost',
] as const satisfies readonly JobName[];

/** The jobs with lists of costs, whose smallest rows are aggregated beyond a limit. */
const JOBS_WITH_COST_LISTS = [
  'IAM_User_Total_Services_Cost_List',
  'IAM_User_Resource_List_Cost',
  'IAM-roles-service-cost',
  'Services_Cost',
  'Project-Spend-Cost',
  'Project-Usage',
] as const satisfies readonly JobName[];

/** The jobs with inventories, whose last rows are only counted beyond a limit. */
const JOBS_WITH_INVENTORIES = [
  'IAM_User_Details',
  'IAM-roles-all',
  'IAM-roles-service-data',
  'TaggingResourceList',
] as const satisfies readonly JobName[];

/**
 * Every metric: money is in USD, times are Unix seconds in UTC.
 * Billed cost is Cost Explorer's UnblendedCost (FOCUS BilledCost), effective cost its AmortizedCost (FOCUS EffectiveCost).
 */
export const METRICS = {
  aws_iam_user_info: {
    help: 'An IAM user; the value is 1. The series with user_name __other__ is the number of users that are not listed.',
    labels: ['account_id', 'user_name', 'user_arn', 'user_id'],
    jobs: ['IAM_User_Details'],
  },
  aws_iam_user_create_timestamp_seconds: {
    help: 'Time at which the IAM user was created.',
    labels: ['account_id', 'user_name'],
    jobs: ['IAM_User_Details'],
  },
  aws_iam_user_password_last_used_timestamp_seconds: {
    help: 'Time of the last sign-in of the IAM user with a password; absent if IAM knows of none.',
    labels: ['account_id', 'user_name'],
    jobs: ['IAM_User_Details'],
  },
  aws_user_billed_cost_usd: {
    help: 'Billed cost of the cost window (costDays) by owner, found by the rules of the setting attribution. IAM users without cost have 0 in every Region that has cost.',
    labels: ['account_id', 'region', 'user_name'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_user_resource_billed_cost_usd: {
    help: 'Billed cost of the resource window (resourceDays) by resource and by its current owner tag. The resource __unattributed__ is the remainder of the Region: charges without a resource, and services outside resourceServices.',
    labels: ['account_id', 'region', 'user_name', 'service', 'resource'],
    jobs: ['IAM_User_Resource_List_Cost'],
  },
  aws_cost_attributed_usd: {
    help: 'Billed cost of the cost window by the attribution rule that found its owner, or none.',
    labels: ['account_id', 'region', 'method'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_region_day_billed_cost_usd: {
    help: 'Billed cost of each of the last full UTC days of the cost window. AWS restates a day for some days after it.',
    labels: ['account_id', 'region', 'days_before_period_end'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_region_day_estimated: {
    help: '1 while Cost Explorer marks the day as an estimate, 0 afterwards.',
    labels: ['account_id', 'region', 'days_before_period_end'],
    jobs: ['IAM_User_Total_Services_Cost_List'],
  },
  aws_iam_role_info: {
    help: 'An IAM role; the value is 1. The series with role_name __other__ is the number of roles that are not listed.',
    labels: ['account_id', 'role_name', 'role_arn', 'role_id'],
    jobs: ['IAM-roles-all'],
  },
  aws_iam_role_last_used_timestamp_seconds: {
    help: 'Time at which the IAM role was last used, and the Region of that use; absent if IAM knows of no use in its tracking period.',
    labels: ['account_id', 'role_name', 'region'],
    jobs: ['IAM-roles-all'],
  },
  aws_role_resource_info: {
    help: 'A resource that runs under the role; the value is 1. EC2 instances are found by their instance profiles. The Region global has the other services of the trust policy, without a resource. The series with resource __other__ is the number of resources that are not listed.',
    labels: ['account_id', 'region', 'role_name', 'service', 'resource', 'state'],
    jobs: ['IAM-roles-service-data'],
  },
  aws_role_resource_billed_cost_usd: {
    help: 'Billed cost of the resource window by resource that runs under the role; only with the setting roleCosts.',
    labels: ['account_id', 'region', 'role_name', 'service', 'resource'],
    jobs: ['IAM-roles-service-cost'],
  },
  aws_account_info: {
    help: 'An account of the organization, or this account outside an organization; always 1. A closed or suspended account is listed for as long as it has cost in the months of aws_account_month_billed_cost_usd.',
    labels: ['account_id', 'account_name', 'state'],
    jobs: ['Linked_Accounts'],
  },
  aws_account_month_billed_cost_usd: {
    help: 'Billed cost by calendar month with all charge types: the current month so far and the twelve months before it.',
    labels: ['account_id', 'month'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_charge_billed_cost_usd: {
    help: 'Billed cost by calendar month and charge type. Sum over the types that you want to count.',
    labels: ['account_id', 'month', 'charge_type'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_estimated: {
    help: '1 while Cost Explorer marks the month as an estimate, 0 afterwards. Invoices arrive until about the 7th of the next month.',
    labels: ['account_id', 'month'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_to_date_billed_cost_usd: {
    help: 'Billed cost of the month of the last full UTC day, up to the end of that day.',
    labels: ['account_id'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_forecast_billed_cost_usd: {
    help: 'Forecast of the billed cost of the current month at its end, for all accounts that this account pays for: the cost so far plus the forecast of Cost Explorer for the rest, with its 80 % prediction interval. Days that are over but not settled (settleDays) count at the forecast’s cost a day. Absent while the month of the period’s end is over.',
    labels: ['account_id', 'bound'],
    jobs: ['Total_Account_Cost_Forecast'],
  },
  aws_service_billed_cost_usd: {
    help: 'Billed cost of the cost window (costDays) by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_effective_cost_usd: {
    help: 'Effective cost of the cost window by service: reservations and Savings Plans are spread over their use.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_day_billed_cost_usd: {
    help: 'Billed cost of the last full UTC day by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_day_effective_cost_usd: {
    help: 'Effective cost of the last full UTC day by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_month_to_date_billed_cost_usd: {
    help: 'Billed cost of the month of the last full UTC day, up to the end of that day, by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_month_to_date_effective_cost_usd: {
    help: 'Effective cost of the month of the last full UTC day, up to the end of that day, by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_project_billed_cost_usd: {
    help: 'Billed cost of the project window (projectDays) by project tag.',
    labels: ['account_id', 'project'],
    jobs: ['Project-Spend-Cost'],
  },
  aws_project_service_billed_cost_usd: {
    help: 'Billed cost of the project window by project tag and service. The smallest rows are aggregated into project and service __other__.',
    labels: ['account_id', 'project', 'service'],
    jobs: ['Project-Spend-Cost'],
  },
  aws_project_usage_billed_cost_usd: {
    help: 'Billed cost of the project window by service and usage type; only for the projects in projectUsageTypes.',
    labels: ['account_id', 'project', 'service', 'usage_type', 'unit'],
    jobs: ['Project-Usage'],
  },
  aws_project_usage_quantity: {
    help: 'Quantity of usage in the project window by service and usage type, in the unit of its label; only for the projects in projectUsageTypes.',
    labels: ['account_id', 'project', 'service', 'usage_type', 'unit'],
    jobs: ['Project-Usage'],
  },
  aws_resources: {
    help: 'Number of resources that the Tagging API lists, by whether they have every required tag. A tag without a value counts as missing.',
    labels: ['account_id', 'region', 'compliant'],
    jobs: ['TaggingResourceList'],
  },
  aws_resource_missing_tag: {
    help: 'A resource that lacks a required tag; the value is 1. The series with resource __other__ is the number of resources that are not listed and lack the tag.',
    labels: ['account_id', 'region', 'resource', 'tag'],
    jobs: ['TaggingResourceList'],
  },
  tollgate_breakdown_gap_usd: {
    help: 'Separately requested total minus the sum of the breakdown. It is 0 unless a value is missing or counted twice, or AWS restated it between the two queries.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: CHECKED_JOBS,
  },
  tollgate_breakdown_period_end_timestamp_seconds: {
    help: 'End (exclusive) of the charge period of the breakdown. The period of services starts with the cost window or with the month, whichever is earlier.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: CHECKED_JOBS,
  },
  tollgate_aggregated_rows: {
    help: 'Number of rows of the list that have no series of their own, because the list reached its limit; 0 if every row has one. The Region is empty for a list of a whole account.',
    labels: ['account_id', 'region', 'list'],
    jobs: [...JOBS_WITH_INVENTORIES, ...JOBS_WITH_COST_LISTS],
  },
  tollgate_aggregated_usd: {
    help: 'Billed cost of the rows of the list that have no series of their own: they are aggregated into __other__. 0 if every row has a series.',
    labels: ['account_id', 'region', 'list'],
    jobs: JOBS_WITH_COST_LISTS,
  },
  tollgate_resource_data_available: {
    help: '1 if Cost Explorer answered with resource-level data, 0 if it has none for the account: switched off in its preferences, or not ready today. The answer means both.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_forecast_available: {
    help: '1 if Cost Explorer answered with a forecast, 0 if it has none for the account: too little history, or not ready today. The answer means both. Absent if no forecast was requested, because the month of the period’s end is over.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_unavailable_since_timestamp_seconds: {
    help: 'Time of the first run in a row for which data of the part was not available although nothing failed: a Region could not be reached, or Cost Explorer has no data that it had before. What was published stays. Absent while all data is available, and for data that never was. The Region is empty if the part is not limited to one.',
    labels: ['account_id', 'collector', 'part', 'region'],
    jobs: ['tollgate'],
  },
  tollgate_run_start_timestamp_seconds: {
    help: 'Time at which the last run started.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_duration_seconds: {
    help: 'Duration of the last run from its start to the push of this value.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_incomplete: {
    help: '1 if any part of the last run failed, 0 if the run was complete.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_failures: {
    help: 'Number of failures in the last run by part, reason and sink; absent after a complete run.',
    labels: ['account_id', 'collector', 'part', 'reason', 'sink'],
    jobs: ['tollgate'],
  },
  tollgate_groups_missing: {
    help: 'Number of the account’s groups that other collectors published and the Pushgateway has lost, by comparison with the ledger. Absent if the Pushgateway cannot be read.',
    labels: ['account_id', 'collector', 'sink'],
    jobs: ['tollgate'],
  },
  tollgate_sink_groups_left: {
    help: 'Number of the collector’s groups that the ledger has at a sink which is retired, or no longer in the setting sinks. Absent if there are none.',
    labels: ['account_id', 'collector', 'sink'],
    jobs: ['tollgate'],
  },
  tollgate_run_groups_pushed: {
    help: 'Number of groups that the last run pushed, without those of its health. If sinks accepted different numbers, the largest.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_series_pushed: {
    help: 'Number of series in the groups that the last run pushed.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_run_aws_requests: {
    help: 'Number of requests that the last run sent to AWS, retries included.',
    labels: ['account_id', 'collector', 'service', 'operation', 'outcome'],
    jobs: ['tollgate'],
  },
  tollgate_run_aws_request_duration_seconds: {
    help: 'Durations of the requests that the last run sent to AWS; each retry is a request.',
    type: 'histogram',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    labels: ['account_id', 'collector', 'service', 'operation'],
    jobs: ['tollgate'],
  },
  tollgate_run_push_duration_seconds: {
    help: 'Durations of the pushes of the last run, each with its retries and without those of its health.',
    type: 'histogram',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    labels: ['account_id', 'collector', 'sink'],
    jobs: ['tollgate'],
  },
  tollgate_run_cost_explorer_usd: {
    help: 'Price of the last run at Cost Explorer: $0.01 for each answered request, which is one page of an answer.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_success_timestamp_seconds: {
    help: 'Time at which the last complete run ended.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate_success'],
  },
  tollgate_success_period_end_timestamp_seconds: {
    help: 'End (exclusive) of the charge period of the last complete run; absent for collectors without a charge period.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate_success'],
  },
} as const satisfies Record<string, MetricDefinition>;

/** The name of a catalog metric. */
export type MetricName = keyof typeof METRICS;

/** The metrics that a group of the job may contain. */
export type MetricOf<J extends JobName> = {
  [N in MetricName]: J extends (typeof METRICS)[N]['jobs'][number] ? N : never;
}[MetricName];

type TypeOf<N extends MetricName> = (typeof METRICS)[N] extends { readonly type: infer T } ? T : 'gauge';

/** The metrics with one value for each series: gauges and counters. */
export type ValueMetric = {
  [N in MetricName]: TypeOf<N> extends 'gauge' | 'counter' ? N : never;
}[MetricName];

/** The metrics that count observations: histograms and summaries. */
export type ObservedMetric = Exclude<MetricName, ValueMetric>;

/** The labels of a metric, all of them required. */
export type Labels<N extends MetricName> = Pick<LabelTypes, (typeof METRICS)[N]['labels'][number]>;

type LabelTypes = { readonly [L in LabelName]: LabelValue<L> };

/** The reserved values of `user_name`, `project`, `service` and `resource`. A tag with such a value counts as absent. */
export const UNATTRIBUTED = '__unattributed__';
export const OTHER = '__other__';
