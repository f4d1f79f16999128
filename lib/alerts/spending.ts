import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { Settings } from '../../lambdas/catalog/settings';
import { before, is, once, overDays, type Series, series } from '../../lambdas/promql/selector';
import {
  aggregate,
  both,
  compared,
  either,
  medianOverDays,
  minus,
  orZero,
  share,
  times,
  unless,
  type Vector,
  where,
} from '../../lambdas/promql/vector';
import type { AlertRule, RuleGroup } from './rule';

/** The conditions of a spike. A service's day must meet all of them, compared with its own days before. */
const SPIKE = {
  /** Together with the last day, this is the default retention of Prometheus. */
  historyDays: 14,
  /** Days that a service must have cost before it has a usual day. */
  knownDays: 7,
  deviations: 3,
  factor: 1.25,
  usd: 20,
};

/** The conditions of a collapse. An account's day must meet all of them, compared with its own days before. */
const COLLAPSE = {
  historyDays: 7,
  /** Days that an account must have cost before it has a usual day. */
  knownDays: 3,
  factor: 0.2,
  usd: 20,
};

/** Limits for cost without a project: the growth of its share of the total within a week, and its amount in USD. */
const UNTAGGED = { share: 0.05, usd: 50 };

/** Alerts on the bill. */
export function spendingRules({ budgetUsd }: Pick<Settings, 'budgetUsd'>): RuleGroup {
  const budget = budgetUsd === undefined ? [] : [forecastAbove(budgetUsd)];
  // The numbers change once a day, and two weeks of every service are expensive to read.
  return {
    name: 'spending',
    interval: '15m',
    rules: [COST_SPIKE, COST_COLLAPSE, ...budget, UNTAGGED_GROWING],
  };
}

/** The last day's effective cost. In billed cost, the monthly fee of a reservation would always be a spike. */
const DAY = series('aws_service_day_effective_cost_usd');
const DAYS = { days: SPIKE.historyDays, asOfDaysAgo: 1 };
const USUAL = once(overDays('avg', DAY, DAYS));

const COST_SPIKE: AlertRule = {
  alert: 'TollgateCostSpike',
  when: both(
    compared(minus(once(DAY), USUAL), '>', SPIKE.usd),
    compared(minus(once(DAY), USUAL), '>', times(SPIKE.deviations, once(overDays('stddev', DAY, DAYS)))),
    compared(once(DAY), '>', times(SPIKE.factor, USUAL)),
    once(overDays('last', DAY, { days: 1, asOfDaysAgo: SPIKE.knownDays })),
  ),
  for: '15m',
  severity: 'warning',
  summary: 'Cost spike: {{ $labels.service }} in account {{ $labels.account_id }}, {{ $labels.region }}',
  description: `The last full UTC day of {{ $labels.service }} in {{ $labels.region }} cost {{ printf "%.2f" $value }} USD more than its usual day, the mean of the ${SPIKE.historyDays} days before.`,
};

/** The cost of an account's last full day, read by two collectors with queries of their own. */
const DAY_TOTALS: readonly DayTotal[] = [
  { collector: 'services', day: DAY },
  {
    collector: 'user-costs',
    day: series('aws_region_day_billed_cost_usd', { days_before_period_end: is('0') }),
  },
];

interface DayTotal {
  readonly collector: CollectorName;
  readonly day: Series;
}

const COST_COLLAPSE: AlertRule = {
  alert: 'TollgateCostCollapse',
  when: either(DAY_TOTALS.map(collapsed)),
  for: '1h',
  severity: 'warning',
  summary: 'The cost of account {{ $labels.account_id }} collapsed',
  description: `The last full UTC day of account {{ $labels.account_id }} cost less than ${100 * COLLAPSE.factor} % of {{ printf "%.2f" $value }} USD, the median of the ${COLLAPSE.historyDays} days before. Either most of its resources are gone, or Cost Explorer answered without data.`,
};

/**
 * Returns the usual day of each account whose last day is far below it. The median ignores a monthly fee. An account without
 * any series counts as well, if a complete run of the collector is known: otherwise its numbers are missing, not its cost.
 */
function collapsed({ collector, day }: DayTotal): Vector<'account_id'> {
  const known = overDays('last', day, { days: 1, asOfDaysAgo: COLLAPSE.knownDays });
  const success = series('tollgate_success_timestamp_seconds', { collector: is(collector) });
  const usual = medianOverDays(total(day), { days: COLLAPSE.historyDays, asOfDaysAgo: 1 });
  return unless(
    where(where(compared(usual, '>', COLLAPSE.usd), ['account_id'], total(known)), ['account_id'], success),
    ['account_id'],
    compared(total(day), '>=', times(COLLAPSE.factor, usual)),
  );
}

function total(day: Series): Vector<'account_id'> {
  return aggregate('sum', once(day), ['account_id']);
}

/** Returns the alert on the budget. A payer’s forecast covers all accounts that it pays for. */
function forecastAbove(budgetUsd: number): AlertRule {
  const forecast = series('aws_account_month_forecast_billed_cost_usd', { bound: is('mean') });
  return {
    alert: 'TollgateForecastAboveBudget',
    when: compared(aggregate('max', forecast, ['account_id']), '>', budgetUsd),
    for: '1h',
    severity: 'warning',
    summary: 'Account {{ $labels.account_id }} will exceed the budget of the month',
    description: `The forecast of the month is {{ printf "%.2f" $value }} USD for all accounts that {{ $labels.account_id }} pays for. The budget (budgetUsd) is ${budgetUsd} USD.`,
  };
}

const PROJECTS = series('aws_project_billed_cost_usd');
const NO_PROJECT = series('aws_project_billed_cost_usd', { project: is('') });

const UNTAGGED_GROWING: AlertRule = {
  alert: 'TollgateUntaggedGrowing',
  when: both(
    compared(
      minus(
        untaggedShare(NO_PROJECT, PROJECTS),
        untaggedShare(before(NO_PROJECT, '7d'), before(PROJECTS, '7d')),
      ),
      '>',
      UNTAGGED.share,
    ),
    compared(aggregate('sum', once(NO_PROJECT), ['account_id']), '>', UNTAGGED.usd),
  ),
  for: '1h',
  severity: 'warning',
  summary: 'Cost without a project grows in account {{ $labels.account_id }}',
  description:
    'The share of cost without the project tag grew by {{ $value | humanizePercentage }} of the total within a week in account {{ $labels.account_id }}.',
};

function untaggedShare(untagged: typeof NO_PROJECT, all: typeof PROJECTS) {
  const sum = (projects: typeof PROJECTS) => aggregate('sum', once(projects), ['account_id']);
  return share(orZero(sum(untagged), sum(all)), sum(all));
}
