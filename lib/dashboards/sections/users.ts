import { atEnd, is, once, series } from '../../../lambdas/promql/selector';
import { aggregate, topk, where } from '../../../lambdas/promql/vector';
import { showResources } from '../links';
import { matrixBars } from '../matrix-bars';
import { matrixTable } from '../matrix-table';
import { type Section, USD } from '../panel';
import { A_USER, type DashboardSettings, PLACE, runsOf, userCosts } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { coveredUntil, sinceSuccess } from './freshness';
import { COST_WINDOW } from './windows';

/** Returns the section with the cost of users by Region. */
export function usersSection(settings: DashboardSettings): Section {
  return {
    title: 'Cost by user and Region',
    panels: [
      billed(),
      coveredUntil({ ...PLACE, breakdown: is('user') }, 8),
      sinceSuccess(runsOf(settings, 'iam-users', 'user-costs'), 8),
      byUserAndRegion(),
      overTime(),
      userByRegion(),
    ],
  };
}

const userRegionCosts = () => aggregate('sum', userCosts(A_USER), ['user_name', 'region']);

function billed() {
  return stat({
    title: 'Billed cost',
    description: `Users, unattributed cost, and users aggregated into \`__other__\`. ${COST_WINDOW}`,
    width: 8,
    height: 4,
    value: aggregate('sum', userCosts()),
    unit: USD,
  });
}

function byUserAndRegion() {
  return matrixBars({
    title: 'Cost by user, stacked by Region',
    description: `The 15 most expensive users. The same name in several accounts is one user. ${COST_WINDOW}`,
    width: 12,
    height: 12,
    value: userRegionCosts(),
    row: 'user_name',
    column: 'region',
    unit: USD,
    limit: 15,
  });
}

function overTime() {
  const costs = series('aws_user_billed_cost_usd', { ...PLACE, user_name: A_USER });
  const largest = topk(10, aggregate('sum', once(atEnd(costs)), ['user_name']));
  return trend({
    title: 'Cost of the window over time',
    description: `The 10 most expensive users of today. Each point is the complete window as it was known then, not the cost of that day, so a steady user is a level line. ${COST_WINDOW}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', once(costs), ['user_name']), ['user_name'], largest),
    by: 'user_name',
    unit: USD,
  });
}

function userByRegion() {
  return matrixTable({
    title: 'Every user’s cost, by Region',
    description: `Every user, the largest total first. IAM users without resources have 0. A click on a name chooses the user for the tables below. ${COST_WINDOW}`,
    width: 24,
    height: 10,
    value: userRegionCosts(),
    row: 'user_name',
    column: 'region',
    unit: USD,
    rowOptions: [showResources],
  });
}
