import type { Settings } from '../../lambdas/catalog/settings';
import { before, is, once, overDays, series } from '../../lambdas/promql/selector';
import { aggregate, both, compared, minus, orZero, share, times } from '../../lambdas/promql/vector';
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

/** Limits for cost without a project: the growth of its share of the total within a week, and its amount in USD. */
const UNTAGGED = { share: 0.05, usd: 50 };

/** Alerts on the bill. */
export function spendingRules({ budgetUsd }: Pick<Settings, 'budgetUsd'>): RuleGroup {
  const budget = budgetUsd === undefined ? [] : [forecastAbove(budgetUsd)];
  // The numbers change once a day, and two weeks of every service are expensive to read.
  return { name: 'spending', interval: '15m', rules: [COST_SPIKE, ...budget, UNTAGGED_GROWING] };
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
