import { is, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { ROLES_UID } from './links';
import type { Section } from './panel';
import { coveredUntil, incomplete, sinceSuccess } from './sections/freshness';
import { rolesChosenSection } from './sections/roles-chosen';
import { rolesCostSection } from './sections/roles-cost';
import { rolesListSection, UNUSED_TITLE } from './sections/roles-list';
import { ACCOUNT, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, roleChoice } from './variables';

/** Which roles exist, what runs under them, what that costs, and which nobody uses. */
export const roles: DashboardPlan = {
  uid: ROLES_UID,
  title: 'Tollgate: roles',
  description: 'IAM roles: what the instances under them cost, when they were used, and which nobody uses.',
  variables: [
    dataSource(),
    accountChoice(),
    regionChoice(series('aws_role_resource_info', ACCOUNT)),
    roleChoice(),
  ],
  sections: [rolesCostSection(), rolesListSection(), rolesChosenSection(), rolesFreshnessSection()],
  emptyWhenHealthy: [UNUSED_TITLE],
};

/** Roles are of one collector, their costs of another. */
function rolesFreshnessSection(): Section {
  const runs = runsOf('roles', 'user-costs');
  return {
    title: 'How fresh',
    panels: [
      coveredUntil({ ...PLACE, breakdown: is('resource') }, 8),
      sinceSuccess(runs, 8),
      incomplete(runs, 8),
    ],
  };
}
