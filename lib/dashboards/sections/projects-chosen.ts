import { matches, once, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { type Section, USD } from '../panel';
import { ACCOUNT, CHOSEN_PROJECT, projectServiceCosts } from '../selection';
import { table } from '../table';
import { trend } from '../trend';
import { EMPTY_CELL } from './states';
import { PROJECT_WINDOW } from './windows';

/** Returns the section with services and usage of the chosen projects. */
export function projectsChosenSection(): Section {
  return { title: 'Chosen projects: $project', panels: [services(), servicesOverTime(), usage()] };
}

/** Exported so that the plan can exempt this panel, which is empty without its setting. */
export const USAGE_TITLE = 'Usage of the chosen projects';

function services() {
  return table({
    title: 'Services of the chosen projects',
    description: `One row per project and service. Choose projects at the top. ${PROJECT_WINDOW}`,
    width: 12,
    height: 10,
    columns: [
      {
        title: 'Cost',
        unit: USD,
        value: aggregate('sum', projectServiceCosts(CHOSEN_PROJECT), ['project', 'service', 'account_id']),
      },
    ],
    largestFirst: 'Cost',
    sums: true,
  });
}

function servicesOverTime() {
  return trend({
    title: 'Services over time',
    description: `Sum of the chosen projects. Each point is the complete window as it was known then, not the cost of that day. ${PROJECT_WINDOW}`,
    width: 12,
    height: 10,
    value: aggregate('sum', projectServiceCosts(CHOSEN_PROJECT), ['service']),
    by: 'service',
    unit: USD,
  });
}

function usage() {
  const labels = ['project', 'service', 'usage_type', 'unit', 'account_id'] as const;
  const chosen = { ...ACCOUNT, project: matches('$project') } as const;
  return table({
    title: USAGE_TITLE,
    description: `Cost and quantity by usage type of the projects in the setting \`projectUsageTypes\`. Each of them needs one query per run. Quantities of different units cannot be added. ${PROJECT_WINDOW}`,
    width: 24,
    height: 10,
    columns: [
      {
        title: 'Cost',
        unit: USD,
        value: aggregate('sum', once(series('aws_project_usage_billed_cost_usd', chosen)), labels),
      },
      {
        title: 'Quantity',
        value: aggregate('sum', once(series('aws_project_usage_quantity', chosen)), labels),
        options: [EMPTY_CELL],
      },
    ],
    labelOptions: { project: [{ id: 'noValue', value: 'no project' }] },
    largestFirst: 'Cost',
  });
}
