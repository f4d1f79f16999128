import { dashboardModels } from '../dashboards/all';
import { memberRoleTemplate } from './member-role';
import { metricsPage } from './metrics-page';
import { readme } from './readme';

/** A file that follows from the catalog. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly content: string;
}

/** Every file that `npm run generate` writes. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    { path: 'README.md', content: readme() },
    { path: 'docs/metrics.md', content: metricsPage() },
    { path: 'docs/member-role.template.json', content: json(memberRoleTemplate()) },
    ...dashboardModels().map(({ name, model }) => ({
      path: `docs/dashboards/${name}.json`,
      content: json(model),
    })),
  ];
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
