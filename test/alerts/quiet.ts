import { days, during, project, service, successes, weekApart } from './cases';

/** The content of Prometheus, and a minute at which an alert does not fire. */
export interface QuietCase {
  readonly why: string;
  readonly alert: string;
  readonly series: Readonly<Record<string, string>>;
  readonly minute: number;
}

const ACCOUNT = 'account_id="111122223333"';
const PLACE = `${ACCOUNT}, region="eu-west-1"`;
const GAP = `tollgate_breakdown_gap_usd{${PLACE}, breakdown="user"}`;
const COST = `aws_user_billed_cost_usd{${PLACE}, user_name="alice"}`;

const DAY = 24 * 60;
const BILLED_DAY = 'aws_region_day_billed_cost_usd';

/** Returns the cost of an account of a day, and the complete runs that read it. */
function ofAccount(account: string, values: string): Record<string, string> {
  const place = `account_id="${account}", region="eu-west-1"`;
  const success = `tollgate_success_timestamp_seconds{account_id="${account}", collector=`;
  return {
    [`${success}"user-costs"}`]: during([5, 0]),
    [`${BILLED_DAY}{${place}, days_before_period_end="0"}`]: values,
  };
}

export const QUIET: readonly QuietCase[] = [
  {
    why: 'while the gateway is down, nothing else is reported as missing',
    alert: 'TollgateAbsent',
    series: { 'up{job="pushgateway"}': '0x100' },
    minute: 100,
  },
  {
    why: 'a collector that is not deployed may be old',
    alert: 'TollgateStale',
    series: successes('0x2000', ['retired']),
    minute: 2000,
  },
  {
    why: 'a retry completed the run',
    alert: 'TollgateIncomplete',
    series: { [`tollgate_run_incomplete{${ACCOUNT}, collector="roles"}`]: '1x28 0x100' },
    minute: 30,
  },
  {
    why: 'the last push after a rejected one was accepted',
    alert: 'TollgatePushRejected',
    series: {
      'push_time_seconds{job="Linked_Accounts"}': '172800x100',
      'push_failure_time_seconds{job="Linked_Accounts"}': '86400x100',
    },
    minute: 100,
  },
  {
    why: 'every user, role and untagged resource is listed',
    alert: 'TollgateInventoryIncomplete',
    series: {
      [`tollgate_aggregated_rows{${ACCOUNT}, region="", list="users"}`]: '0x100',
      [`tollgate_aggregated_rows{${PLACE}, list="services"}`]: '9x100',
    },
    minute: 100,
  },
  {
    why: 'data that is back for a while was available in between',
    alert: 'TollgateDataUnavailable',
    series: {
      [`tollgate_unavailable_since_timestamp_seconds{${ACCOUNT}, collector="accounts", part="forecast", region=""}`]:
        '0x2880 stale _x1439 259200x1440',
    },
    minute: 5 * 24 * 60,
  },
  {
    why: 'one cent is tolerated',
    alert: 'TollgateGap',
    series: { [GAP]: '-0.01x1000', [COST]: '1x1000' },
    minute: 1000,
  },
  {
    why: '0.1 % of the Region is tolerated',
    alert: 'TollgateGap',
    series: { [GAP]: '4x1000', [COST]: '5000x1000' },
    minute: 1000,
  },
  {
    why: 'the next run has no gap',
    alert: 'TollgateGap',
    series: { [GAP]: '6x360 0x1000', [COST]: '50x1000' },
    minute: 8 * 60 + 1,
  },
  {
    why: 'a service that never changes does not spike',
    alert: 'TollgateCostSpike',
    series: { [service('Amazon S3')]: days([100, 100, 100, 100, 100, 100, 100, 100, 100], 100) },
    minute: 9 * 24 * 60 + 60,
  },
  {
    why: 'an account may cost half on a weekend, move, be new, be small or be removed',
    alert: 'TollgateCostCollapse',
    series: {
      ...ofAccount('half at the weekend', during([4, 100], [1, 50])),
      ...ofAccount('a fifth of a usual day', during([4, 100], [1, 20])),
      ...ofAccount('steady', during([4, 100], [1, 100])),
      ...ofAccount('a few dollars', during([4, 20])),
      ...ofAccount('two days old', `_x${2 * DAY} ${during([2, 100], [1, 1])}`),
      ...ofAccount('moved', during([4, 100])),
      [`${BILLED_DAY}{account_id="moved", region="global", days_before_period_end="0"}`]: `_x${4 * DAY} ${during([1, 100])}`,
      // Its groups were deleted, so no complete run is known.
      [`${BILLED_DAY}{account_id="removed", region="global", days_before_period_end="0"}`]: during([4, 100]),
    },
    minute: 4 * DAY + 120,
  },
  {
    why: 'a small part of the bill may change',
    alert: 'TollgateUntaggedGrowing',
    series: { [project('')]: weekApart(10, 49), [project('shop')]: weekApart(190, 151) },
    minute: 7 * 24 * 60 + 90,
  },
];
