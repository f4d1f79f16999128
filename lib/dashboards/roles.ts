import { is, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { ROLES_UID } from './links';
import type { Section } from './panel';
import { coveredUntil, incomplete, sinceSuccess } from './sections/freshness';
import { rolesChosenSection } from './sections/roles-chosen';
import { ROLE_COSTS_TITLE, rolesCostSection } from './sections/roles-cost';
import { rolesListSection, UNUSED_TITLE } from './sections/roles-list';
import { ACCOUNT, type DashboardSettings, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, roleChoice } from './variables';

/** Returns the dashboard with existing roles, the instances under them and their cost, and unused roles. */
export function roles(settings: DashboardSettings): DashboardPlan {
  return {
    uid: ROLES_UID,
    title: 'Tollgate: roles',
    description: 'IAM roles: the cost of the instances under them, their last use, and unused roles.',
    variables: [
      dataSource(),
      accountChoice(),
      regionChoice(series('aws_role_resource_info', ACCOUNT)),
      roleChoice(),
    ],
    sections: [rolesCostSection(), rolesListSection(), rolesChosenSection(), freshnessSection(settings)],
    emptyWhenHealthy: [UNUSED_TITLE],
    needsHistory: [ROLE_COSTS_TITLE],
  };
}

/** Shows two collectors: one reports roles, the other their costs. */
function freshnessSection(settings: DashboardSettings): Section {
  const runs = runsOf(settings, 'roles', 'user-costs');
  return {
    title: 'Freshness',
    panels: [
      coveredUntil({ ...PLACE, breakdown: is('resource') }, 8),
      sinceSuccess(runs, 8),
      incomplete(runs, 8),
    ],
  };
}
