import type { DashboardPlan } from './dashboard';
import { projectsChosenSection, USAGE_TITLE } from './sections/projects-chosen';
import { projectsCostSection } from './sections/projects-cost';
import { projectsEverySection, WEEK_TITLE } from './sections/projects-every';
import { projectsFreshnessSection } from './sections/projects-freshness';
import { PROJECTS_UID } from './uid';
import { accountChoice, dataSource, projectChoice } from './variables';

/** What projects cost, and for which services. */
export const projects: DashboardPlan = {
  uid: PROJECTS_UID,
  title: 'Tollgate: projects',
  description: 'AWS cost by project tag, what has none, and the services and usage behind each project.',
  variables: [dataSource(), accountChoice(), projectChoice()],
  sections: [
    projectsCostSection(),
    projectsEverySection(),
    projectsChosenSection(),
    projectsFreshnessSection(),
  ],
  emptyWhenHealthy: [USAGE_TITLE],
  needsHistory: [WEEK_TITLE],
};
