import { is } from '../../lambdas/promql/selector';
import type { DashboardPlan } from './dashboard';
import { PROJECTS_UID } from './links';
import type { Section } from './panel';
import { coveredUntil, incomplete, largestGap, sinceSuccess } from './sections/freshness';
import { projectsChosenSection, USAGE_TITLE } from './sections/projects-chosen';
import { projectsCostSection } from './sections/projects-cost';
import { projectsEverySection, WEEK_TITLE } from './sections/projects-every';
import { ACCOUNT, type DashboardSettings, runsOf } from './selection';
import { accountChoice, dataSource, projectChoice } from './variables';

/** Returns the dashboard with the cost of projects, and of the services behind them. */
export function projects(settings: DashboardSettings): DashboardPlan {
  return {
    uid: PROJECTS_UID,
    title: 'Tollgate: projects',
    description:
      'AWS cost by project tag, cost without a project, and the services and usage behind each project.',
    variables: [dataSource(), accountChoice(), projectChoice()],
    sections: [
      projectsCostSection(),
      projectsEverySection(),
      projectsChosenSection(),
      freshnessSection(settings),
    ],
    emptyWhenHealthy: [USAGE_TITLE],
    needsHistory: [WEEK_TITLE],
  };
}

function freshnessSection(settings: DashboardSettings): Section {
  const runs = runsOf(settings, 'projects');
  const breakdown = { ...ACCOUNT, breakdown: is('project') };
  return {
    title: 'Freshness',
    panels: [
      coveredUntil(breakdown, 6),
      sinceSuccess(runs, 6),
      incomplete(runs, 6),
      largestGap(settings, breakdown, 6),
    ],
  };
}
