import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import { before, is, once, series } from '../../promql/selector';
import { aggregate } from '../../promql/vector';
import { amount, type Column, change, percent, rank, rankedTable, sumOf, UNKNOWN } from './figures';
import type { Row } from './port';
import type { Section } from './report';

/** Cost of every project, over all accounts. */
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

function usdOf(items: readonly { readonly usd?: number }[]): number | undefined {
  return sumOf(items.map(({ usd }) => usd));
}

/** The most expensive services, over all accounts and Regions, and their cost in the window before. */
export const services: Section = {
  title: 'Services',
  async read(ask, { costDays }) {
    const cost = (costs: typeof COST) => ask(aggregate('sum', once(costs), ['service']));
    const [now, then] = await Promise.all([cost(COST), cost(before(COST, `${costDays}d`))]);
    if (now.length === 0) return undefined;
    const costs = serviceCosts(now, then);
    const { shown, rest } = rank(costs, { size: ({ usd = 0 }) => usd, limit: 10 });
    return {
      figures: {
        days: costDays,
        services: shown.map((one) => ({ service: one.name, ...figuresOf([one]) })),
        ...(rest.length > 0 && { more: { count: rest.length, ...figuresOf(rest) } }),
        total: figuresOf(costs),
      },
      table: rankedTable('Service', { shown, rest }, columns(costDays)),
      lines: [],
    };
  },
};

const COST = series('aws_service_billed_cost_usd');

interface ServiceCost {
  readonly name: string;
  /** Absent for a service with cost only in the window before. */
  readonly usd?: number;
  /** Absent if Prometheus has no value for the window before. */
  readonly before?: number;
  /** True if Prometheus has a value of any service for the window before. */
  readonly known: boolean;
}

/** Includes the services of either window, so that both totals are complete. */
function serviceCosts(now: readonly Row<'service'>[], before: readonly Row<'service'>[]): ServiceCost[] {
  const values = (rows: readonly Row<'service'>[]) =>
    new Map(rows.map(({ labels, value }) => [labels.service, value]));
  const [usd, usdBefore] = [values(now), values(before)];
  return [...new Set([...usd.keys(), ...usdBefore.keys()])].map((service) => ({
    name: service === OTHER ? '(other services)' : service,
    usd: usd.get(service),
    before: usdBefore.get(service),
    known: before.length > 0,
  }));
}

function columns(costDays: number): Column<ServiceCost>[] {
  return [
    { title: `${costDays} days`, cell: (items) => amount(usdOf(items)) },
    { title: 'Before', cell: (items) => amount(beforeOf(items)) },
    { title: 'Change', cell: changeCell },
  ];
}

function changeCell(items: readonly ServiceCost[]): string {
  if (!items.some(({ known }) => known)) return UNKNOWN;
  const difference = changeOf(items);
  return difference === undefined ? 'new' : change(difference);
}

function figuresOf(items: readonly ServiceCost[]) {
  return { usd: usdOf(items), before: beforeOf(items), change: changeOf(items) };
}

function changeOf(items: readonly ServiceCost[]): number | undefined {
  const before = beforeOf(items);
  return before === undefined ? undefined : sumOf([usdOf(items), -before]);
}

function beforeOf(items: readonly ServiceCost[]): number | undefined {
  return sumOf(items.map(({ before }) => before));
}

/** Unattributed cost of the cost window. */
export const unowned: Section = {
  title: 'Unattributed cost',
  async read(ask) {
    const unattributed = { user_name: is(UNATTRIBUTED) };
    const [all, rest] = await Promise.all([
      ask(aggregate('sum', once(series('aws_user_billed_cost_usd')))),
      ask(aggregate('sum', once(series('aws_user_billed_cost_usd', unattributed)))),
    ]);
    const total = all[0]?.value;
    if (total === undefined) return undefined;
    // The total is known, so a missing part is 0.
    const usd = rest[0]?.value ?? 0;
    // A share of a negative total would mean nothing.
    const share = total > 0 ? usd / total : undefined;
    return { figures: { usd, total, share }, lines: [lineOf({ usd, total, share })] };
  },
};

function lineOf({ usd, total, share }: { usd: number; total: number; share?: number }): string {
  const ofTotal = share === undefined ? '' : `, ${percent(share)}`;
  return `${amount(usd)} of ${amount(total)}${ofTotal}`;
}
