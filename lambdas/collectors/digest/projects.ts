import { OTHER } from '../../catalog/metrics';
import { once, series } from '../../promql/selector';
import { aggregate } from '../../promql/vector';
import { amount, sumOf } from './money';
import { rank, rankedTable } from './ranking';
import type { Section } from './section';

/** What every project cost, over all accounts. */
export const projects: Section = {
  title: 'Projects',
  async read(ask) {
    const rows = await ask(aggregate('sum', once(series('aws_project_billed_cost_usd')), ['project']));
    if (rows.length === 0) return undefined;
    const costs = rows.map(({ labels, value }) => ({ name: nameOf(labels.project), usd: value }));
    const { shown, rest } = rank(costs, { size: ({ usd }) => usd, limit: 15 });
    return {
      figures: {
        projects: shown.map(({ name, usd }) => ({ project: name, usd })),
        ...(rest.length > 0 && { more: { count: rest.length, usd: usdOf(rest) } }),
        total: { usd: usdOf(costs) },
      },
      table: rankedTable('Project', { shown, rest }, [
        { title: 'Cost', cell: (items) => amount(usdOf(items)) },
      ]),
      lines: [],
    };
  },
};

function nameOf(project: string): string {
  if (project === '') return '(no project)';
  return project === OTHER ? '(other projects)' : project;
}

function usdOf(items: readonly { readonly usd: number }[]): number | undefined {
  return sumOf(items.map(({ usd }) => usd));
}
