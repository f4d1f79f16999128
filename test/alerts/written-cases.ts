import type { AlertCase } from './cases';
import { project, service, successes } from './cases';
import type { QuietCase } from './quiet';

const DAY = 24 * 60;
const ACCOUNT = 'account_id="111122223333"';
const PLACE = `${ACCOUNT}, region="eu-west-1"`;
const RUN = { account_id: '111122223333', collector: 'user-costs' };
const ALL = ['iam-users', 'user-costs', 'roles', 'accounts', 'services', 'projects', 'tags'];
const OTHERS = ALL.filter((collector) => collector !== 'user-costs');

/** The minute of the day at which daily values are written. It is not midnight, where values over days are read. */
const WRITTEN_AT = 400;

/** Returns one value a day, each written once. */
function daily(...values: readonly (number | 'NaN')[]): string {
  return `_x${WRITTEN_AT} ${values.join(` _x${DAY - 1} `)}`;
}

/** Returns a value that is written in the first minute, and the next value after the given minutes. */
function then(first: number, minutes: number, ...next: readonly (number | 'NaN')[]): string {
  return [first, ...next].join(` _x${minutes - 1} `);
}

function runs(collector: string): string {
  return `tollgate_run_start_timestamp_seconds{${ACCOUNT}, collector="${collector}"}`;
}

const STALE = {
  severity: 'critical',
  summary: 'Tollgate: stale numbers of user-costs of account 111122223333',
  runbook: 'docs/operations.md#tollgate-stale',
};

const ABSENT = {
  labels: { collector: 'user-costs' },
  severity: 'critical',
  summary: 'Tollgate: no numbers of user-costs',
  description:
    'Prometheus received no complete run of user-costs for any account within 7 days: the collector never ran, its runs fail, or its writes are rejected.',
  runbook: 'docs/operations.md#tollgate-absent',
};

const GAP = {
  labels: { account_id: '111122223333', region: 'eu-west-1', breakdown: 'user' },
  severity: 'warning',
  summary: 'Tollgate: the breakdown user of account 111122223333 does not add up',
  description:
    'The breakdown user of account 111122223333 in eu-west-1 and its separately requested total differ by 6.00 USD, in two runs in a row.',
  runbook: 'docs/operations.md#tollgate-gap',
};

const REQUESTS = `tollgate_run_aws_requests{${ACCOUNT}, collector="user-costs", operation="GetCostAndUsage"`;
const FORECAST = `aws_account_month_forecast_billed_cost_usd{${ACCOUNT}`;

function staleFor(duration: string): string {
  return `The last complete run of user-costs of account 111122223333 ended ${duration} ago: two runs in a row are missing.`;
}

function unavailableFor(duration: string): string {
  return `For ${duration}, accounts had no new data of the part forecast of account 111122223333. What was published before is still shown.`;
}

/** Cases of alerts on written data: each value is written once, and NaN ends a series. */
export const WRITTEN: readonly AlertCase[] = [
  {
    alert: 'TollgateAbsent',
    series: { ...successes('0', OTHERS), ...successes('_x3000 0', ['user-costs']) },
    fires: { ...ABSENT, minute: 60, until: { minute: 2999 } },
  },
  {
    alert: 'TollgateAbsent',
    series: { ...successes('0', OTHERS), ...successes(then(0, 100, 'NaN'), ['user-costs']) },
    fires: { ...ABSENT, minute: 160 },
  },
  {
    alert: 'TollgateNeverComplete',
    series: {
      [runs('user-costs')]: '0',
      ...successes('_x1500 0', ['user-costs']),
    },
    fires: {
      minute: 60,
      until: { minute: 1499 },
      labels: RUN,
      severity: 'warning',
      summary: 'Tollgate: no complete run of user-costs of account 111122223333',
      description: 'user-costs of account 111122223333 has run, but no complete run of it is known.',
      runbook: 'docs/operations.md#tollgate-never-complete',
    },
  },
  {
    alert: 'TollgateStale',
    // Every run of five days fails.
    series: successes(then(0, 5 * DAY, 5 * DAY * 60), ['user-costs']),
    fires: {
      ...STALE,
      minute: 14 * 60 + 1,
      until: { minute: 5 * DAY - 1, description: staleFor('4d 23h 59m 0s') },
      labels: RUN,
      description: staleFor('14h 1m 0s'),
    },
  },
  {
    alert: 'TollgateIncomplete',
    series: { [`tollgate_run_incomplete{${ACCOUNT}, collector="user-costs"}`]: then(0, DAY, 1, 0) },
    fires: {
      minute: DAY + 30,
      until: { minute: 2 * DAY - 1 },
      labels: RUN,
      severity: 'warning',
      summary: 'Tollgate: incomplete run of user-costs of account 111122223333',
      description:
        'The last run of user-costs of account 111122223333 was incomplete. tollgate_run_failures has the part and the reason.',
      runbook: 'docs/operations.md#tollgate-incomplete',
    },
  },
  {
    alert: 'TollgateNothingWritten',
    // With these schedules, no more than six hours are without a run.
    series: { [runs('user-costs')]: '0', [runs('roles')]: `_x300 18000 _x1699 120000` },
    fires: {
      minute: 300 + 8 * 60 + 1,
      until: { minute: 1999, description: nothingFor('1d 4h 19m 0s') },
      labels: {},
      severity: 'critical',
      summary: 'Tollgate: no run has written anything',
      description: nothingFor('8h 1m 0s'),
      runbook: 'docs/operations.md#tollgate-nothing-written',
    },
  },
  {
    alert: 'TollgateInventoryIncomplete',
    series: { [`tollgate_aggregated_rows{${ACCOUNT}, list="users"}`]: then(0, DAY, 3, 0) },
    fires: {
      minute: DAY + 60,
      until: { minute: 2 * DAY - 1 },
      labels: { account_id: '111122223333', list: 'users' },
      severity: 'warning',
      summary: 'Tollgate: users of account 111122223333 are not all listed',
      description:
        '3 users of account 111122223333 exist and are only counted, because there are more than maxInventory.',
      runbook: 'docs/operations.md#tollgate-inventory-incomplete',
    },
  },
  {
    alert: 'TollgateDataUnavailable',
    series: {
      [`tollgate_unavailable_since_timestamp_seconds{${ACCOUNT}, collector="accounts", part="forecast"}`]:
        then(0, 4 * DAY + 30, 'NaN'),
    },
    fires: {
      minute: 3 * DAY + 1,
      until: { minute: 4 * DAY + 29, description: unavailableFor('4d 0h 29m 0s') },
      labels: { account_id: '111122223333', collector: 'accounts', part: 'forecast' },
      severity: 'warning',
      summary: 'Tollgate: no new forecast of account 111122223333',
      description: unavailableFor('3d 0h 1m 0s'),
      runbook: 'docs/operations.md#tollgate-data-unavailable',
    },
  },
  {
    alert: 'TollgateGap',
    // All cost moves to another owner. If it counted twice, the gap would be below 0.1 % of the total.
    series: {
      [`tollgate_breakdown_gap_usd{${PLACE}, breakdown="user"}`]: then(-6, DAY, -6, 0),
      [`aws_user_billed_cost_usd{${PLACE}, user_name="alice"}`]: then(3000, DAY, 'NaN'),
      [`aws_user_billed_cost_usd{${PLACE}, user_name="bob"}`]: then(2000, DAY, 5000),
    },
    fires: { ...GAP, minute: 8 * 60, until: { minute: 2 * DAY - 1 } },
  },
  {
    alert: 'TollgateRequestsNearCap',
    series: {
      [`${REQUESTS}, service="Cost Explorer", outcome="ok"}`]: then(110, DAY, 20),
      [`${REQUESTS}, service="Cost Explorer", outcome="throttled"}`]: then(10, DAY, 'NaN'),
    },
    fires: {
      minute: 5,
      until: { minute: DAY - 1 },
      labels: RUN,
      severity: 'warning',
      summary: 'Tollgate: user-costs of account 111122223333 is near its request cap',
      description:
        'The last run of user-costs sent 120 requests to Cost Explorer for account 111122223333. The cap (maxRequests) is 150; a run that reaches it is incomplete.',
      runbook: 'docs/operations.md#tollgate-requests-near-cap',
    },
  },
  {
    alert: 'TollgateCostSpike',
    series: {
      [service('Amazon S3')]: daily(99, 101, 99, 101, 99, 101, 99, 101, 100, 160, 100),
      // The last day of this service was never written again, because its runs fail.
      [service('a few dollars')]: daily(1, 1, 1, 1, 1, 3),
    },
    fires: {
      // The group is evaluated every 15 minutes.
      minute: 9 * DAY + 405 + 15,
      until: { minute: 10 * DAY + 404 },
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
    // Every series of the account is ended by its NaN.
    series: {
      ...successes(daily(0, 1, 2, 3, 4, 5), ['services']),
      [service('Amazon S3')]: daily(70, 70, 70, 70, 'NaN', 70),
      [service('AWS Lambda')]: daily(30, 30, 30, 30, 'NaN', 30),
    },
    fires: {
      minute: 4 * DAY + 405 + 60,
      until: { minute: 5 * DAY + 404 },
      labels: { account_id: '111122223333' },
      severity: 'warning',
      summary: 'The cost of account 111122223333 collapsed',
      description:
        'The last full UTC day of account 111122223333 cost less than 20 % of 100.00 USD, the median of the 7 days before. Either most of its resources are gone, or Cost Explorer answered without data.',
      runbook: 'docs/operations.md#tollgate-cost-collapse',
    },
  },
  {
    alert: 'TollgateForecastAboveBudget',
    series: { [`${FORECAST}, bound="mean"}`]: then(1000, DAY, 1000.5, 900) },
    fires: {
      minute: DAY + 60,
      until: { minute: 2 * DAY - 1 },
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
    series: {
      [project('')]: daily(10, 10, 10, 10, 10, 10, 10, 60),
      [project('shop')]: daily(190, 190, 190, 190, 190, 190, 190, 140),
    },
    fires: {
      minute: 7 * DAY + 405 + 60,
      labels: { account_id: '111122223333' },
      severity: 'warning',
      summary: 'Cost without a project grows in account 111122223333',
      description:
        'The share of cost without the project tag grew by 25% of the total within a week in account 111122223333.',
      runbook: 'docs/operations.md#tollgate-untagged-growing',
    },
  },
];

function nothingFor(duration: string): string {
  return `No run of any collector has arrived for ${duration}: writes are rejected or lost, or no function runs.`;
}

/** Written values that fire no alert. */
export const WRITTEN_QUIET: readonly QuietCase[] = [
  {
    why: 'four days of failed runs are stale, not absent',
    alert: 'TollgateAbsent',
    series: successes('0', ALL),
    minute: 5 * DAY,
  },
  {
    why: 'the runs of a removed account were ended by their NaN',
    alert: 'TollgateStale',
    series: successes(then(0, 100, 'NaN'), ['user-costs']),
    minute: 3 * DAY,
  },
  {
    why: 'a complete run is known from four days ago, although every run since has failed',
    alert: 'TollgateNeverComplete',
    series: { [runs('user-costs')]: then(0, 4 * DAY, 4 * DAY * 60), ...successes('0', ['user-costs']) },
    minute: 5 * DAY,
  },
  {
    why: 'all cost moved to another service, and no dollar counts twice or is lost',
    alert: 'TollgateCostCollapse',
    series: {
      ...successes(daily(0, 1, 2, 3, 4, 5), ['services']),
      [service('Amazon S3')]: daily(100, 100, 100, 100, 'NaN'),
      [service('AWS Lambda')]: `_x${4 * DAY} ${daily(100)}`,
    },
    minute: 4 * DAY + 600,
  },
];
