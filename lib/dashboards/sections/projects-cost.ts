import { OTHER } from '../../../lambdas/catalog/metrics';
import { atEnd, once, series } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share, topk, where } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { type Section, SHARE, USD } from '../panel';
import { A_PROJECT, ACCOUNT, AGGREGATED, NO_PROJECT, projectCosts, projectServiceCosts } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { UNATTRIBUTED_SHARE } from './states';
import { PROJECT_WINDOW } from './windows';

/** What all projects cost, and what no project answers for. */
export function projectsCostSection(): Section {
  return {
    title: 'Cost by project',
    panels: [billed(), withoutProject(), shareWithoutProject(), folded(), byProjectAndService(), overTime()],
  };
}

const total = () => aggregate('sum', projectCosts());
const untagged = () => orZero(aggregate('sum', projectCosts(NO_PROJECT)), total());

function billed() {
  return stat({
    title: 'Billed cost',
    description: `Projects, what has no project and the folded rest together. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: total(),
    unit: USD,
  });
}

function withoutProject() {
  return stat({
    title: 'Without a project',
    description: `Cost without the project tag, or with an empty one. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: untagged(),
    unit: USD,
  });
}

function shareWithoutProject() {
  return stat({
    title: 'Share without a project',
    description: `Of the billed cost: yellow from a tenth, red from a quarter. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: share(untagged(), total()),
    unit: SHARE,
    steps: UNATTRIBUTED_SHARE,
  });
}

function folded() {
  return stat({
    title: 'Projects too small to show',
    description: `Cost of the projects without a row of their own: project \`${OTHER}\`. More than 0 says that \`maxSeries\` was reached. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: orZero(aggregate('sum', projectCosts(AGGREGATED)), total()),
    unit: USD,
  });
}

function byProjectAndService() {
  return matrixBars({
    title: 'Cost by project, stacked by service',
    description: `The 15 projects that cost most, without what has no project. The same tag in several accounts is one project. ${PROJECT_WINDOW}`,
    width: 12,
    height: 12,
    value: aggregate('sum', projectServiceCosts(A_PROJECT), ['project', 'service']),
    row: 'project',
    column: 'service',
    unit: USD,
    limit: 15,
  });
}

function overTime() {
  const costs = series('aws_project_billed_cost_usd', { ...ACCOUNT, project: A_PROJECT });
  const largest = topk(10, aggregate('sum', once(atEnd(costs)), ['project']));
  return trend({
    title: 'Cost of the window over time',
    description: `The 10 projects that cost most today. Each point is the whole window as it was known then, not the cost of that day: a steady project is a level line. ${PROJECT_WINDOW}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', once(costs), ['project']), ['project'], largest),
    by: 'project',
    unit: USD,
  });
}
