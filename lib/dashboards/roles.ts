import { series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { rolesChosenSection } from './sections/roles-chosen';
import { rolesCostSection } from './sections/roles-cost';
import { rolesFreshnessSection } from './sections/roles-freshness';
import { rolesListSection, UNUSED_TITLE } from './sections/roles-list';
import { ACCOUNT } from './selection';
import { ROLES_UID } from './uid';
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
