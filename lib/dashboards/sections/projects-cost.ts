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

/** Returns the section with the cost of all projects, and cost without a project. */
export function projectsCostSection(): Section {
  return {
    title: 'Cost by project',
    panels: [
      billed(),
      withoutProject(),
      shareWithoutProject(),
      aggregated(),
      byProjectAndService(),
      overTime(),
    ],
  };
}

const total = () => aggregate('sum', projectCosts());
const untagged = () => orZero(aggregate('sum', projectCosts(NO_PROJECT)), total());

function billed() {
  return stat({
    title: 'Billed cost',
    description: `Projects, cost without a project, and projects aggregated into \`__other__\`. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: total(),
    unit: USD,
  });
}

function withoutProject() {
  return stat({
    title: 'Without a project',
    description: `Cost whose project tag is missing or empty. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: untagged(),
    unit: USD,
  });
}

function shareWithoutProject() {
  return stat({
    title: 'Share without a project',
    description: `Share of the billed cost: yellow from 10 %, red from 25 %. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: share(untagged(), total()),
    unit: SHARE,
    steps: UNATTRIBUTED_SHARE,
  });
}

function aggregated() {
  return stat({
    title: 'Aggregated projects',
    description: `Cost of the projects that are aggregated into \`${OTHER}\` because \`maxSeries\` was reached. ${PROJECT_WINDOW}`,
    width: 6,
    height: 4,
    value: orZero(aggregate('sum', projectCosts(AGGREGATED)), total()),
    unit: USD,
  });
}

function byProjectAndService() {
  return matrixBars({
    title: 'Cost by project, stacked by service',
    description: `The 15 most expensive projects. The same tag in several accounts is one project. ${PROJECT_WINDOW}`,
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
    description: `The 10 most expensive projects of today. Each point is the complete window as it was known then, not the cost of that day, so a steady project is a level line. ${PROJECT_WINDOW}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', once(costs), ['project']), ['project'], largest),
    by: 'project',
    unit: USD,
  });
}
