import type { JobName } from './jobs';
import type { LabelValue } from './label-values';

/** Every label of the suite, and what its values say. */
export const LABELS = {
  account_id: 'AWS account.',
  account_name: 'Name of the account in Organizations; empty outside of one.',
  region:
    'Region as Cost Explorer says it; `global` and `NoRegion` are two of its values. Empty where a number is of a whole account.',
  user_name:
    'IAM user, or value of the owner tag, as it is; under `created-by` also the id of a user who is gone (`AIDA…`) or a role’s id and session (`AROA…:session`). `__unattributed__` is nobody, `__other__` the folded rest.',
  user_arn: 'ARN of the IAM user, its path included.',
  user_id: 'Unique id of the IAM user (`AIDA…`), never used again.',
  service:
    'As Cost Explorer names it. In resource costs and of roles the service of the ARN (`ec2`, `s3`), `unknown` where an id has none; in requests the name in the SDK.',
  resource:
    'Id of the resource as Cost Explorer says it, in tagging its ARN; `__unattributed__` and `__other__` as in `user_name`.',
  role_name: 'IAM role.',
  role_arn: 'ARN of the IAM role, its path included.',
  role_id: 'Unique id of the IAM role (`AROA…`), never used again.',
  state:
    'Of an account as Organizations says it (`ACTIVE`, …), of an EC2 instance as EC2 does (`running`, …); empty for what has none.',
  month: 'Calendar month in UTC, `2026-03`.',
  charge_type: 'Charge type as Cost Explorer says it (RECORD_TYPE): `Usage`, `Tax`, `Credit`, `Refund`, …',
  bound: '`mean`, and the ends of the prediction interval: `lower`, `upper`.',
  project: 'Value of the project tag, as it is; empty for spend without it; `__other__` is the folded rest.',
  usage_type: 'Usage type as Cost Explorer says it.',
  unit: 'Unit of a quantity as Cost Explorer says it; quantities of two units cannot be added.',
  compliant: '`true` where a resource has every required tag, `false` where it lacks one.',
  tag: 'Key of a required tag.',
  breakdown: 'The breakdown that is compared with a separately requested total.',
  method: 'Rule of attribution, `owner-tag` or `created-by`, or `none`.',
  days_before_period_end: '`0` is the last day of the cost window, `3` the oldest shown.',
  collector: 'Name of the collector.',
  part: 'The part of the run that failed.',
  reason: 'The reason of the failure.',
  operation: 'Operation of the AWS API.',
  outcome: 'The outcome of the request.',
} as const;

export type LabelName = keyof typeof LABELS;

export interface MetricDefinition {
  /** The HELP text that Prometheus shows. */
  readonly help: string;
  readonly labels: readonly LabelName[];
  /** The jobs whose groups hold this metric. */
  readonly jobs: readonly JobName[];
}

/** The jobs of the breakdowns that are held against a separately asked total. */
const CHECKED_JOBS = [
  'IAM_User_Total_Services_Cost_List',
  'IAM_User_Resource_List_Cost',
  'Total_Account_Cost',
  'Services_Cost',
  'Project-Spend-Cost',
] as const satisfies readonly JobName[];

/**
 * Every metric of the suite: all are Gauges, money is in USD, times are Unix seconds in UTC.
 * Billed cost is Cost Explorer's UnblendedCost (FOCUS BilledCost), effective cost its AmortizedCost (FOCUS EffectiveCost).
 */
export const METRICS = {
  aws_iam_user_info: {
    help: 'An IAM user that exists: 1; user_name __other__ is the number of those left out.',
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
    help: 'Billed cost of the cost window (costDays) by owner, as the setting attribution finds it; IAM users who own nothing have 0 in every Region that has cost.',
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
  aws_iam_role_info: {
    help: 'An IAM role that exists, always 1; role_name __other__ is the number of those left out.',
    labels: ['account_id', 'role_name', 'role_arn', 'role_id'],
    jobs: ['IAM-roles-all'],
  },
  aws_iam_role_last_used_timestamp_seconds: {
    help: 'When the IAM role was last used, and in which Region; absent where IAM knows of no use in its tracking period.',
    labels: ['account_id', 'role_name', 'region'],
    jobs: ['IAM-roles-all'],
  },
  aws_role_resource_info: {
    help: 'What runs under the role, 1 each: EC2 instances by its instance profiles; in Region global the other services of its trust policy, without a resource. resource __other__ is the number of those left out.',
    labels: ['account_id', 'region', 'role_name', 'service', 'resource', 'state'],
    jobs: ['IAM-roles-service-data'],
  },
  aws_role_resource_billed_cost_usd: {
    help: 'Billed cost of the resource window of what runs under the role; only with the setting roleCosts.',
    labels: ['account_id', 'region', 'role_name', 'service', 'resource'],
    jobs: ['IAM-roles-service-data'],
  },
  aws_account_info: {
    help: 'An account of the organization, or this one; always 1.',
    labels: ['account_id', 'account_name', 'state'],
    jobs: ['Linked_Accounts'],
  },
  aws_account_month_billed_cost_usd: {
    help: 'Billed cost by calendar month, all charge types: the running one so far, and the twelve before it.',
    labels: ['account_id', 'month'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_charge_billed_cost_usd: {
    help: 'The same by charge type: leave out the types that are not to count.',
    labels: ['account_id', 'month', 'charge_type'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_estimated: {
    help: '1 while Cost Explorer still calls the month an estimate, 0 after: invoices come until about the 7th of the next.',
    labels: ['account_id', 'month'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_to_date_billed_cost_usd: {
    help: 'Billed cost of the month that the last whole day is in, up to the end of that day.',
    labels: ['account_id'],
    jobs: ['Total_Account_Cost'],
  },
  aws_account_month_forecast_billed_cost_usd: {
    help: 'Billed cost that the running month will have at its end, for all accounts that this one pays for: what it cost so far, and the forecast of Cost Explorer for the rest, with its 80 % prediction interval.',
    labels: ['account_id', 'bound'],
    jobs: ['Total_Account_Cost_Forecast'],
  },
  aws_service_billed_cost_usd: {
    help: 'Billed cost of the cost window (costDays) by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_effective_cost_usd: {
    help: 'Effective cost (reservations and Savings Plans spread over their use) of the cost window by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_day_billed_cost_usd: {
    help: 'Billed cost of the last whole day by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_day_effective_cost_usd: {
    help: 'Effective cost of the last whole day by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_month_to_date_billed_cost_usd: {
    help: 'Billed cost of the month that the last whole day is in, up to the end of that day, by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_service_month_to_date_effective_cost_usd: {
    help: 'Effective cost of the same days by service.',
    labels: ['account_id', 'region', 'service'],
    jobs: ['Services_Cost'],
  },
  aws_project_billed_cost_usd: {
    help: 'Billed cost of the project window (projectDays) by project tag.',
    labels: ['account_id', 'project'],
    jobs: ['Project-Spend-Cost'],
  },
  aws_project_service_billed_cost_usd: {
    help: 'Billed cost of the project window by project tag and service; the smallest fold into project and service __other__.',
    labels: ['account_id', 'project', 'service'],
    jobs: ['Project-Spend-Cost'],
  },
  aws_project_usage_billed_cost_usd: {
    help: 'Billed cost of the project window by service and usage type; only of the projects in projectUsageTypes.',
    labels: ['account_id', 'project', 'service', 'usage_type', 'unit'],
    jobs: ['Project-Usage'],
  },
  aws_project_usage_quantity: {
    help: 'Quantity of the same usage, in the unit of its label.',
    labels: ['account_id', 'project', 'service', 'usage_type', 'unit'],
    jobs: ['Project-Usage'],
  },
  aws_resources: {
    help: 'Number of resources that the Tagging API lists, by whether they have every required tag; a tag without a value is missing.',
    labels: ['account_id', 'region', 'compliant'],
    jobs: ['TaggingResourceList'],
  },
  aws_resource_missing_tag: {
    help: 'A resource that lacks a required tag: 1; for resource __other__ the number of those left out that lack the tag.',
    labels: ['account_id', 'region', 'resource', 'tag'],
    jobs: ['TaggingResourceList'],
  },
  tollgate_breakdown_gap_usd: {
    help: 'Separately asked total minus the sum of the breakdown; 0 unless a number is missing or counted twice, or AWS restated it between two questions.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: CHECKED_JOBS,
  },
  tollgate_breakdown_period_end_timestamp_seconds: {
    help: 'End (exclusive) of the charge period that the breakdown covers; that of services begins with the cost window or the month, whichever is longer.',
    labels: ['account_id', 'region', 'breakdown'],
    jobs: CHECKED_JOBS,
  },
  tollgate_resource_data_available: {
    help: 'Whether Cost Explorer has resource-level data for the account: 0 while it is switched off in its preferences.',
    labels: ['account_id', 'collector'],
    jobs: ['tollgate'],
  },
  tollgate_forecast_available: {
    help: 'Whether Cost Explorer can forecast: 0 while the account has too little history.',
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
export type Labels<N extends MetricName> = Pick<LabelTypes, (typeof METRICS)[N]['labels'][number]>;

type LabelTypes = { readonly [L in LabelName]: LabelValue<L> };

/** The reserved values of `user_name`, `project`, `service` and `resource`; a tag with such a value names nobody. */
export const UNATTRIBUTED = '__unattributed__';
export const OTHER = '__other__';
