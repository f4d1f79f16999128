import { oneOf, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { PEOPLE_UID } from './links';
import type { Section } from './panel';
import { incomplete, largestGap, resourceData } from './sections/freshness';
import { idleUsersSection } from './sections/idle-users';
import { oneUserSection } from './sections/one-user';
import { unattributedSection } from './sections/unattributed';
import { usersSection } from './sections/users';
import { ACCOUNT, type DashboardSettings, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, userChoice } from './variables';

/** Returns the dashboard with the cost of users and of their resources, idle users, and unattributed cost. */
export function people(settings: DashboardSettings): DashboardPlan {
  return {
    uid: PEOPLE_UID,
    title: 'Tollgate: people',
    description:
      'AWS cost by user, Region and resource, idle users, unattributed cost, and how fresh the numbers are.',
    variables: [
      dataSource(),
      accountChoice(),
      regionChoice(series('aws_user_billed_cost_usd', ACCOUNT)),
      userChoice(),
    ],
    sections: [
      usersSection(settings),
      oneUserSection(),
      idleUsersSection(),
      unattributedSection(),
      freshnessSection(settings),
    ],
  };
}

/** Summarises the freshness. The dashboard of the suite's health has the details. */
function freshnessSection(settings: DashboardSettings): Section {
  const runs = runsOf(settings, 'iam-users', 'user-costs');
  return {
    title: 'Freshness',
    panels: [
      incomplete(runs, 8),
      largestGap(settings, { ...PLACE, breakdown: oneOf(['user', 'resource']) }, 8),
      resourceData(runs, 8),
    ],
  };
}
