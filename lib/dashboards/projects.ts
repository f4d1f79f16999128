import { is } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { PROJECTS_UID } from './links';
import type { Section } from './panel';
import { coveredUntil, incomplete, largestGap, sinceSuccess } from './sections/freshness';
import { projectsChosenSection, USAGE_TITLE } from './sections/projects-chosen';
import { projectsCostSection } from './sections/projects-cost';
import { projectsEverySection, WEEK_TITLE } from './sections/projects-every';
import { ACCOUNT, runsOf } from './selection';
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

function projectsFreshnessSection(): Section {
  const runs = runsOf('projects');
  const breakdown = { ...ACCOUNT, breakdown: is('project') };
  return {
    title: 'How fresh',
    panels: [
      coveredUntil(breakdown, 6),
      sinceSuccess(runs, 6),
      incomplete(runs, 6),
      largestGap(breakdown, 6),
    ],
  };
}
