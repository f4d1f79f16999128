import type { DashboardPlan } from './dashboard';
import { series } from './promql';
import { FAILURES_TITLE, freshnessSection } from './sections/freshness';
import { oneUserSection } from './sections/one-user';
import { unownedSection } from './sections/unowned';
import { usersSection } from './sections/users';
import { ACCOUNT } from './selection';
import { UID } from './uid';
import { accountChoice, dataSource, regionChoice, userChoice } from './variables';

/** What users cost, what they own, what nobody owns, and how far the numbers can be trusted. */
export const people: DashboardPlan = {
  uid: UID,
  title: 'Tollgate: people',
  description: 'AWS cost by user, Region and resource, what nobody owns, and how fresh the numbers are.',
  variables: [
    dataSource(),
    accountChoice(),
    regionChoice(series('aws_user_billed_cost_usd', ACCOUNT)),
    userChoice(),
  ],
  sections: [usersSection(), oneUserSection(), unownedSection(), freshnessSection()],
  emptyWhenHealthy: [FAILURES_TITLE],
};
