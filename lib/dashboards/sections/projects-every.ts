import { before, once, series } from '../../../lambdas/promql/selector';
import { aggregate, minus, shares, where } from '../../../lambdas/promql/vector';
import { showServices } from '../links';
import { type Section, SHARE, USD } from '../panel';
import { A_PROJECT, ACCOUNT, projectCosts } from '../selection';
import { table } from '../table';
import { PROJECT_WINDOW } from './windows';

/** Which projects there are, and which changed. */
export function projectsEverySection(): Section {
  return { title: 'Every project', panels: [everyProject(), changes()] };
}

/** Of the title alone: it compares with a week ago. */
export const WEEK_TITLE = 'Against the week before';

const byProject = () => aggregate('sum', projectCosts(A_PROJECT), ['project']);

function everyProject() {
  return table({
    title: 'Every project’s cost',
    description: `The costliest first; the share is of the whole billed cost, what has no project included. A click on a name chooses the project for the panels below. ${PROJECT_WINDOW}`,
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
    description: `The window now, minus the same window as it was shown a week ago: what the newest week added and the oldest took away. Only projects of both. ${PROJECT_WINDOW}`,
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
