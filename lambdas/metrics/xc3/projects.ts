import { type Rows, samplesOf } from './counterpart';
import { row } from './metrics';
import { pythonFloat } from './python-float';

/** What each project cost. */
export const projectRows: Rows = (samples) =>
  samplesOf('aws_project_billed_cost_usd', samples).map(({ labels: { project }, value }) => {
    const labels = { project_spend_project: projectText(project), project_spend_cost: pythonFloat(value) };
    return row('Project_Spend_Cost', labels, value);
  });

/** The untagged are `Others`; a tag of that name steps aside, so that no two projects are one. */
export function projectText(project: string): string {
  if (project === '') return 'Others';
  return /^Others( \(tag\))*$/.test(project) ? `${project} (tag)` : project;
}
