import { before, once, series } from '../../../lambdas/promql/selector';
import { aggregate, minus, shares, where } from '../../../lambdas/promql/vector';
import { showServices } from '../links';
import { type Section, SHARE, USD } from '../panel';
import { A_PROJECT, ACCOUNT, projectCosts } from '../selection';
import { table } from '../table';
import { PROJECT_WINDOW } from './windows';

/** Returns the section with every project, and its change in a week. */
export function projectsEverySection(): Section {
  return { title: 'Every project', panels: [everyProject(), changes()] };
}

/** Exported so that the plan can list this panel as one that needs history. */
export const WEEK_TITLE = 'Against the week before';

const byProject = () => aggregate('sum', projectCosts(A_PROJECT), ['project']);

function everyProject() {
  return table({
    title: 'Every project’s cost',
    description: `The most expensive first. The share is of the total billed cost, including cost without a project. A click on a name chooses the project for the panels below. ${PROJECT_WINDOW}`,
    width: 12,
    height: 10,
    columns: [
      { title: 'Cost', unit: USD, value: byProject() },
      { title: 'Share', unit: SHARE, value: shares(byProject(), aggregate('sum', projectCosts())) },
    ],
    labelOptions: { project: [showServices] },
    largestFirst: 'Cost',
  });
}

function changes() {
  const costs = series('aws_project_billed_cost_usd', { ...ACCOUNT, project: A_PROJECT });
  const aWeekAgo = aggregate('sum', once(before(costs, '7d')), ['project']);
  return table({
    title: WEEK_TITLE,
    description: `The current window minus the window as it was shown a week ago: the newest week is added and the oldest is removed. Only projects in both. ${PROJECT_WINDOW}`,
    width: 12,
    height: 10,
    columns: [
      { title: 'Change', unit: USD, value: minus(byProject(), aWeekAgo) },
      { title: 'A week ago', unit: USD, value: where(aWeekAgo, ['project'], byProject()) },
    ],
    labelOptions: { project: [showServices] },
    largestFirst: 'Change',
  });
}
