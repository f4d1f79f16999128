import type { DashboardPlan } from './dashboard';
import { healthNumbersSection, RESTATED_TITLE } from './sections/health-numbers';
import { healthRequestsSection } from './sections/health-requests';
import { FAILURES_TITLE, healthRunsSection } from './sections/health-runs';
import { accountChoice, collectorChoice, dataSource } from './variables';

/** Whether the suite itself is well: what ran, what failed and why, what it cost, and how far its numbers can be trusted. */
export const health: DashboardPlan = {
  uid: 'tollgate-health',
  title: 'Tollgate: suite health',
  description:
    'What ran, what failed and why, what Cost Explorer charged for it, and how whole and final the numbers are.',
  variables: [dataSource(), accountChoice(), collectorChoice()],
  sections: [healthRunsSection(), healthRequestsSection(), healthNumbersSection()],
  emptyWhenHealthy: [FAILURES_TITLE],
  needsHistory: [RESTATED_TITLE],
};
