/** The content of Prometheus, and the minute from which an alert fires. */
export interface AlertCase {
  readonly alert: string;
  /** Values per minute, in promtool's notation, by series. */
  readonly series: Readonly<Record<string, string>>;
  readonly fires: {
    readonly minute: number;
    /** The last minute at which it fires, and its description then. @default not tested, or the same description */
    readonly until?: { readonly minute: number; readonly description?: string };
    /** All labels except `severity`. */
    readonly labels: Readonly<Record<string, string>>;
    readonly severity: string;
    readonly summary: string;
    readonly description: string;
    readonly runbook: string;
  };
}

const DAY = 24 * 60;
const ACCOUNT = 'account_id="111122223333"';
const PLACE = `${ACCOUNT}, region="eu-west-1"`;
const RUN = { account_id: '111122223333', collector: 'user-costs' };
const SUCCESS = 'tollgate_success_timestamp_seconds';

/** A successful run of each collector in the first minute. */
export function successes(values: string, collectors: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    collectors.map((collector) => [`${SUCCESS}{${ACCOUNT}, collector="${collector}"}`, values]),
  );
}

const OTHERS = ['iam-users', 'roles', 'accounts', 'services', 'projects', 'tags'];

export const FRESHNESS: readonly AlertCase[] = [
  {
    alert: 'TollgateAbsent',
    series: { ...successes('0x100', OTHERS), 'up{job="pushgateway"}': '1x100' },
    fires: {
      minute: 60,
      labels: { collector: 'user-costs' },
      severity: 'critical',
      summary: 'Tollgate: no numbers of user-costs',
      description:
        'The gateway has no complete run of user-costs for any account: the collector never ran, or the gateway lost its groups.',
      runbook: 'docs/operations.md#tollgate-absent',
    },
  },
  {
    alert: 'TollgateNeverComplete',
    series: {
      [`tollgate_run_start_timestamp_seconds{${ACCOUNT}, collector="user-costs"}`]: '0x100',
      [`tollgate_run_start_timestamp_seconds{${ACCOUNT}, collector="roles"}`]: '0x100',
      ...successes('0x100', ['roles']),
    },
    fires: {
      minute: 60,
      labels: RUN,
      severity: 'warning',
      summary: 'Tollgate: no complete run of user-costs of account 111122223333',
      description: 'user-costs of account 111122223333 has run, but no complete run of it is known.',
      runbook: 'docs/operations.md#tollgate-never-complete',
    },
  },
  {
    alert: 'TollgateStale',
    // It runs every six hours, so two missed runs and two hours are 14 hours.
    series: successes('0x1000', ['user-costs', 'roles', 'tags']),
    fires: {
      minute: 14 * 60 + 1,
      labels: RUN,
      severity: 'critical',
      summary: 'Tollgate: stale numbers of user-costs of account 111122223333',
      description:
        'The last complete run of user-costs of account 111122223333 ended 14h 1m 0s ago: two runs in a row are missing.',
      runbook: 'docs/operations.md#tollgate-stale',
    },
  },
  {
    alert: 'TollgateStale',
    // It runs twice a day.
    series: successes('0x2000', ['roles']),
    fires: {
      minute: 26 * 60 + 1,
      labels: { ...RUN, collector: 'roles' },
      severity: 'critical',
      summary: 'Tollgate: stale numbers of roles of account 111122223333',
      description:
        'The last complete run of roles of account 111122223333 ended 1d 2h 1m 0s ago: two runs in a row are missing.',
      runbook: 'docs/operations.md#tollgate-stale',
    },
  },
  {
    alert: 'TollgateIncomplete',
    series: {
      [`tollgate_run_incomplete{${ACCOUNT}, collector="user-costs", deployment="blue"}`]: '0x4 1x100',
    },
    fires: {
      minute: 35,
      labels: { ...RUN, deployment: 'blue' },
      severity: 'warning',
      summary: 'Tollgate: incomplete run of user-costs of account 111122223333',
      description:
        'The last run of user-costs of account 111122223333 was incomplete. tollgate_run_failures has the part and the reason.',
      runbook: 'docs/operations.md#tollgate-incomplete',
    },
  },
];

const DOWN = {
  severity: 'critical',
  summary: 'Tollgate: the Pushgateway is not scraped',
  description:
    'Prometheus cannot scrape the job pushgateway, or has no such job. All of the suite’s numbers are missing until it can.',
  runbook: 'docs/operations.md#tollgate-gateway-down',
};
const GROUP = `${ACCOUNT}, job="Services_Cost_eu-west-1"`;

/** Cases of the alerts on an exporter. */
export const EXPORTER: readonly AlertCase[] = [
  {
    alert: 'TollgateExporterDown',
    series: { 'up{job="tollgate-serve", instance="exporter:9464"}': '1x4 0x30 1x100' },
    fires: {
      minute: 15,
      until: { minute: 35 },
      labels: { job: 'tollgate-serve', instance: 'exporter:9464' },
      severity: 'critical',
      summary: 'Tollgate: the exporter is not scraped',
      description:
        'Prometheus cannot scrape the job tollgate-serve, or has no such job. All of the suite’s numbers are missing until it can.',
      runbook: 'docs/operations.md#tollgate-exporter-down',
    },
  },
];

export const DELIVERY: readonly AlertCase[] = [
  {
    alert: 'TollgateGatewayDown',
    series: { 'up{job="pushgateway", instance="pushgateway:9091"}': '1x4 0x100' },
    fires: { ...DOWN, minute: 15, labels: { job: 'pushgateway', instance: 'pushgateway:9091' } },
  },
  {
    alert: 'TollgateGatewayDown',
    series: { 'up{job="node"}': '1x100' },
    fires: { ...DOWN, minute: 10, labels: { job: 'pushgateway' } },
  },
  {
    alert: 'TollgatePushRejected',
    series: {
      [`push_time_seconds{${GROUP}}`]: '86400x100',
      [`push_failure_time_seconds{${GROUP}}`]: '0x9 172800x100',
    },
    fires: {
      minute: 15,
      labels: { account_id: '111122223333', job: 'Services_Cost_eu-west-1' },
      severity: 'warning',
      summary: 'Tollgate: the gateway rejected a push of Services_Cost_eu-west-1',
      description:
        'The last push of Services_Cost_eu-west-1 of account 111122223333 was rejected. The group still has its old numbers.',
      runbook: 'docs/operations.md#tollgate-push-rejected',
    },
  },
  {
    alert: 'TollgateGroupsMissing',
    series: {
      [`tollgate_groups_missing{${ACCOUNT}, collector="services", sink="https://gateway.example.com"}`]:
        '0x9 12x100',
    },
    fires: {
      minute: 70,
      labels: { account_id: '111122223333', collector: 'services', sink: 'https://gateway.example.com' },
      severity: 'warning',
      summary: 'Tollgate: https://gateway.example.com has lost groups of account 111122223333',
      description:
        'When services last ran, https://gateway.example.com had lost 12 groups of other collectors of account 111122223333. Each comes back with the next run of its collector.',
      runbook: 'docs/operations.md#tollgate-groups-missing',
    },
  },
];

export const RECONCILIATION: readonly AlertCase[] = [
  {
    alert: 'TollgateGap',
    series: {
      // The gateway is not scraped for half an hour, which does not restart the wait.
      [`tollgate_breakdown_gap_usd{${PLACE}, breakdown="user"}`]: '-6x100 stale _x29 -6x900',
      [`aws_user_billed_cost_usd{${PLACE}, user_name="alice"}`]: '3000x1000',
      [`aws_user_billed_cost_usd{${PLACE}, user_name="bob"}`]: '2000x1000',
    },
    fires: {
      minute: 8 * 60,
      labels: { account_id: '111122223333', region: 'eu-west-1', breakdown: 'user' },
      severity: 'warning',
      summary: 'Tollgate: the breakdown user of account 111122223333 does not add up',
      description:
        'The breakdown user of account 111122223333 in eu-west-1 and its separately requested total differ by 6.00 USD, in two runs in a row.',
      runbook: 'docs/operations.md#tollgate-gap',
    },
  },
  {
    alert: 'TollgateGap',
    // The check covers all accounts that one account pays for.
    series: {
      [`tollgate_breakdown_gap_usd{${ACCOUNT}, breakdown="account"}`]: '9x1000',
      [`aws_account_month_billed_cost_usd{${ACCOUNT}, month="2026-03"}`]: '1000x1000',
      'aws_account_month_billed_cost_usd{account_id="444455556666", month="2026-03"}': '7000x1000',
    },
    fires: {
      minute: 8 * 60,
      labels: { account_id: '111122223333', breakdown: 'account' },
      severity: 'warning',
      summary: 'Tollgate: the breakdown account of account 111122223333 does not add up',
      description:
        'The breakdown account of account 111122223333 and its separately requested total differ by 9.00 USD, in two runs in a row.',
      runbook: 'docs/operations.md#tollgate-gap',
    },
  },
  {
    alert: 'TollgateGap',
    // There are no rows to add up.
    series: { [`tollgate_breakdown_gap_usd{${ACCOUNT}, breakdown="project"}`]: '0.02x1000' },
    fires: {
      minute: 8 * 60,
      labels: { account_id: '111122223333', breakdown: 'project' },
      severity: 'warning',
      summary: 'Tollgate: the breakdown project of account 111122223333 does not add up',
      description:
        'The breakdown project of account 111122223333 and its separately requested total differ by 0.02 USD, in two runs in a row.',
      runbook: 'docs/operations.md#tollgate-gap',
    },
  },
];

const REQUESTS = `tollgate_run_aws_requests{${ACCOUNT}, collector="user-costs", operation="GetCostAndUsage"`;

export const REQUEST: readonly AlertCase[] = [
  {
    alert: 'TollgateRequestsNearCap',
    series: {
      [`${REQUESTS}, service="Cost Explorer", outcome="ok"}`]: '110x100',
      [`${REQUESTS}, service="Cost Explorer", outcome="throttled"}`]: '9x9 10x100',
      [`${REQUESTS}, service="IAM", outcome="ok"}`]: '90x100',
    },
    fires: {
      minute: 15,
      labels: RUN,
      severity: 'warning',
      summary: 'Tollgate: user-costs of account 111122223333 is near its request cap',
      description:
        'The last run of user-costs sent 120 requests to Cost Explorer for account 111122223333. The cap (maxRequests) is 150; a run that reaches it is incomplete.',
      runbook: 'docs/operations.md#tollgate-requests-near-cap',
    },
  },
];

/** One value per day, visible for minutes, and one per minute from the last day on. */
export function days(before: readonly number[], last: number): string {
  return [...before.map((value) => `${value} _x${DAY - 1}`), `${last}x100`].join(' ');
}

/** A value per minute now, and a few values a week ago. */
export function weekApart(then: number, now: number): string {
  return `${then}x100 _x${7 * DAY - 101} ${now}x100`;
}

export function service(name: string): string {
  return `aws_service_day_effective_cost_usd{${PLACE}, service="${name}"}`;
}

export function project(name: string): string {
  return `aws_project_billed_cost_usd{${ACCOUNT}, project="${name}"}`;
}

/** One value for a number of days, then the next: a sample at each evaluation, because promtool limits the samples of a query. */
export function during(...steps: readonly (readonly [days: number, value: number])[]): string {
  const samples = steps.flatMap(([days, value]) =>
    Array.from({ length: days * EVALUATIONS_PER_DAY }, () => `${value} _x14`),
  );
  return samples.join(' ');
}

/** The group of alerts on the bill is evaluated every 15 minutes. */
const EVALUATIONS_PER_DAY = 24 * 4;

/** Complete runs of the collectors that read the cost of a day. */
const RUNS = successes(during([7, 0]), ['services', 'user-costs']);

function day(region: string): string {
  return `aws_region_day_billed_cost_usd{${ACCOUNT}, region="${region}", days_before_period_end="0"}`;
}

const COLLAPSED = {
  labels: { account_id: '111122223333' },
  severity: 'warning',
  summary: 'The cost of account 111122223333 collapsed',
  runbook: 'docs/operations.md#tollgate-cost-collapse',
};

const collapseOf = (usd: string) =>
  `The last full UTC day of account 111122223333 cost less than 20 % of ${usd} USD, the median of the 7 days before. Either most of its resources are gone, or Cost Explorer answered without data.`;

const FORECAST = `aws_account_month_forecast_billed_cost_usd{${ACCOUNT}`;

export const SPENDING: readonly AlertCase[] = [
  {
    alert: 'TollgateCostSpike',
    series: {
      [service('Amazon S3')]: days([99, 101, 99, 101, 99, 101, 99, 101, 100], 160),
      // Each of these services fails one condition.
      [service('a few dollars')]: days([1, 1, 1, 1, 1, 1, 1, 1, 1], 3),
      [service('as unsteady as before')]: days([50, 150, 50, 150, 50, 150, 50, 150, 50], 240),
      [service('a large one')]: days([999, 1001, 999, 1001, 999, 1001, 999, 1001, 1000], 1100),
      [service('a new one')]: `_x${3 * DAY} ${days([1, 1, 1, 1, 1, 1], 90)}`,
    },
    fires: {
      minute: 9 * DAY + 15,
      labels: { account_id: '111122223333', region: 'eu-west-1', service: 'Amazon S3' },
      severity: 'warning',
      summary: 'Cost spike: Amazon S3 in account 111122223333, eu-west-1',
      description:
        'The last full UTC day of Amazon S3 in eu-west-1 cost 60.00 USD more than its usual day, the mean of the 14 days before.',
      runbook: 'docs/operations.md#tollgate-cost-spike',
    },
  },
  {
    alert: 'TollgateCostCollapse',
    // Every series of the account vanished, in every Region.
    series: { ...RUNS, [day('eu-west-1')]: during([4, 70]), [day('global')]: during([4, 30]) },
    fires: { ...COLLAPSED, minute: 4 * DAY + 60, description: collapseOf('100.00') },
  },
  {
    alert: 'TollgateCostCollapse',
    // One Region is left. A fee of another day does not make the others small.
    series: {
      ...RUNS,
      [service('Amazon S3')]: during([2, 100], [1, 900], [2, 100], [1, 19]),
    },
    fires: { ...COLLAPSED, minute: 5 * DAY + 60, description: collapseOf('100.00') },
  },
  {
    alert: 'TollgateForecastAboveBudget',
    series: {
      [`${FORECAST}, bound="mean"}`]: '1000x14 1000.5x100',
      [`${FORECAST}, bound="upper"}`]: '1500x200',
    },
    fires: {
      minute: 75,
      labels: { account_id: '111122223333' },
      severity: 'warning',
      summary: 'Account 111122223333 will exceed the budget of the month',
      description:
        'The forecast of the month is 1000.50 USD for all accounts that 111122223333 pays for. The budget (budgetUsd) is 1000 USD.',
      runbook: 'docs/operations.md#tollgate-forecast-above-budget',
    },
  },
  {
    alert: 'TollgateUntaggedGrowing',
    series: { [project('')]: weekApart(100, 200), [project('shop')]: weekApart(900, 800) },
    fires: {
      minute: 7 * DAY + 60,
      labels: { account_id: '111122223333' },
      severity: 'warning',
      summary: 'Cost without a project grows in account 111122223333',
      description:
        'The share of cost without the project tag grew by 10% of the total within a week in account 111122223333.',
      runbook: 'docs/operations.md#tollgate-untagged-growing',
    },
  },
  {
    alert: 'TollgateUntaggedGrowing',
    // A week ago every project had its tag.
    series: { [project('')]: `_x${7 * DAY} 60x100`, [project('shop')]: weekApart(900, 940) },
    fires: {
      minute: 7 * DAY + 60,
      labels: { account_id: '111122223333' },
      severity: 'warning',
      summary: 'Cost without a project grows in account 111122223333',
      description:
        'The share of cost without the project tag grew by 6% of the total within a week in account 111122223333.',
      runbook: 'docs/operations.md#tollgate-untagged-growing',
    },
  },
];

const AGGREGATED = `tollgate_aggregated_rows{${ACCOUNT}`;
const SINCE = `tollgate_unavailable_since_timestamp_seconds{${ACCOUNT}, collector="user-costs", part="resource_costs"`;

export const INVENTORY: readonly AlertCase[] = [
  {
    alert: 'TollgateInventoryIncomplete',
    series: {
      [`${AGGREGATED}, region="", list="users"}`]: '0x9 12x100',
      [`${AGGREGATED}, region="", list="roles"}`]: '0x200',
      // Lists of costs keep their sum.
      [`${AGGREGATED}, region="eu-west-1", list="resources"}`]: '500x200',
    },
    fires: {
      minute: 70,
      labels: { account_id: '111122223333', list: 'users' },
      severity: 'warning',
      summary: 'Tollgate: users of account 111122223333 are not all listed',
      description:
        '12 users of account 111122223333 exist and are only counted, because there are more than maxInventory.',
      runbook: 'docs/operations.md#tollgate-inventory-incomplete',
    },
  },
  {
    alert: 'TollgateDataUnavailable',
    series: { [`${SINCE}, region="eu-west-1"}`]: '0x5000' },
    fires: {
      minute: 3 * DAY + 1,
      labels: { ...RUN, part: 'resource_costs', region: 'eu-west-1' },
      severity: 'warning',
      summary: 'Tollgate: no new resource_costs of account 111122223333',
      description:
        'For 3d 0h 1m 0s, user-costs had no new data of the part resource_costs of account 111122223333 in eu-west-1. What was published before is still shown.',
      runbook: 'docs/operations.md#tollgate-data-unavailable',
    },
  },
  {
    alert: 'TollgateDataUnavailable',
    // The data of the complete account is missing.
    series: { [`${SINCE}, region="", deployment="blue"}`]: '0x5000' },
    fires: {
      minute: 3 * DAY + 1,
      labels: { ...RUN, part: 'resource_costs', deployment: 'blue' },
      severity: 'warning',
      summary: 'Tollgate: no new resource_costs of account 111122223333',
      description:
        'For 3d 0h 1m 0s, user-costs had no new data of the part resource_costs of account 111122223333. What was published before is still shown.',
      runbook: 'docs/operations.md#tollgate-data-unavailable',
    },
  },
];

/** Every case; an alert without one fails a test. */
export const FIRING: readonly AlertCase[] = [
  ...FRESHNESS,
  ...DELIVERY,
  ...INVENTORY,
  ...RECONCILIATION,
  ...REQUEST,
  ...SPENDING,
];
