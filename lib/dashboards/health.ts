import type { DashboardPlan } from './dashboard';
import { healthNumbersSection, RESTATED_TITLE } from './sections/health-numbers';
import { healthRequestsSection, PRICES_TITLE } from './sections/health-requests';
import { FAILURES_TITLE, healthRunsSection } from './sections/health-runs';
import type { DashboardSettings } from './selection';
import { accountChoice, collectorChoice, dataSource } from './variables';

/** Returns the dashboard with the state of the suite: its runs, their failures and price, and how final the numbers are. */
export function health(settings: DashboardSettings): DashboardPlan {
  return {
    uid: 'tollgate-health',
    title: 'Tollgate: suite health',
    description:
      'The last runs, their failures and their price in Cost Explorer, and how complete and final the numbers are.',
    variables: [dataSource(), accountChoice(), collectorChoice()],
    sections: [healthRunsSection(settings), healthRequestsSection(), healthNumbersSection(settings)],
    emptyWhenHealthy: [FAILURES_TITLE],
    needsHistory: [RESTATED_TITLE, PRICES_TITLE],
  };
}
