import { matches, series } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { PEOPLE_UID } from './links';
import type { Section } from './panel';
import { incomplete, largestGap, resourceData } from './sections/freshness';
import { idleUsersSection } from './sections/idle-users';
import { oneUserSection } from './sections/one-user';
import { unownedSection } from './sections/unowned';
import { usersSection } from './sections/users';
import { ACCOUNT, PLACE, runsOf } from './selection';
import { accountChoice, dataSource, regionChoice, userChoice } from './variables';

/** What users cost, what they own, who is idle, what nobody owns, and how far the numbers can be trusted. */
export const people: DashboardPlan = {
  uid: PEOPLE_UID,
  title: 'Tollgate: people',
  description:
    'AWS cost by user, Region and resource, idle users, what nobody owns, and how fresh the numbers are.',
  variables: [
    dataSource(),
    accountChoice(),
    regionChoice(series('aws_user_billed_cost_usd', ACCOUNT)),
    userChoice(),
  ],
  sections: [usersSection(), oneUserSection(), idleUsersSection(), unownedSection(), freshnessSection()],
};

/** In short: Suite health has it in full. */
function freshnessSection(): Section {
  const runs = runsOf('iam-users', 'user-costs');
  return {
    title: 'How fresh',
    panels: [
      incomplete(runs, 8),
      largestGap({ ...PLACE, breakdown: matches('user|resource') }, 8),
      resourceData(runs, 8),
    ],
  };
}
