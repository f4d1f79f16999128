import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import { terminalTable } from '../terminal-table';
import type { Arrived, CostRow, Summary } from './summary';

/** Users in the table, which must fit a terminal. The remaining users and Regions are summed. */
const USERS_SHOWN = 10;
const REGIONS_SHOWN = 5;

/** Formats the results of a round. */
export function summaryText(summary: Summary, arrived: Arrived): string {
  if (summary.users === 0) return [metricTable(arrived), '', ...facts(summary)].join('\n');
  return [
    costTable(summary, arrived),
    '',
    line('published', comparison(summary)),
    line('unattributed', unattributed(summary)),
    line('breakdowns', reconciled(summary)),
    ...facts(summary),
    '',
    ...resourceLines(arrived),
  ].join('\n');
}

/** Returns the table for metrics that have other names than the profile `tollgate`. */
function metricTable({ metrics }: Arrived): string {
  const rows = metrics.map(({ labels, value }) => [labels.job ?? '', labels.__name__ ?? '', count(value)]);
  return terminalTable([['job', 'metric', 'series'], ...rows.sort()]);
}

function line(title: string, text: string): string {
  return `${title.padEnd(14)}${text}`;
}

function reconciled({ gapsUsd }: Summary): string {
  const names = Object.keys(gapsUsd).sort();
  const largest = Math.max(0, ...Object.values(gapsUsd));
  return `${names.length} reconciled (${names.join(', ')}), largest gap ${dollars(largest)}`;
}

function costTable(summary: Summary, { users, unattributed, other }: Arrived): string {
  const regions = largestRegions([...users, unattributed, other]);
  const more = summary.regions.length > regions.length;
  const cells = ({ name, usd, total }: CostRow) => [
    name,
    ...regions.map((region) => figure(usd.get(region) ?? 0)),
    ...(more ? [figure(total - sum(regions.map((region) => usd.get(region) ?? 0)))] : []),
    figure(total),
  ];
  const rest = users.slice(USERS_SHOWN);
  return terminalTable([
    ['USD by user', ...regions, ...(more ? ['elsewhere'] : []), 'total'],
    ...users.slice(0, USERS_SHOWN).map(cells),
    ...(rest.length > 0 ? [cells(added(`… ${rest.length} more users`, rest))] : []),
    ...(other.usd.size > 0 ? [cells({ ...other, name: OTHER })] : []),
    cells({ ...unattributed, name: UNATTRIBUTED }),
    cells(added('total', [...users, unattributed, other])),
  ]);
}

function facts(summary: Summary): string[] {
  const { jobs, series, costExplorerQueries, costExplorerRequests, costExplorerUsd, awsRequests } = summary;
  return [
    line('pushed', `${jobs.length} jobs, ${count(series)} series`),
    line(
      'requests',
      `${count(costExplorerRequests)} for ${count(costExplorerQueries)} Cost Explorer queries (${dollars(costExplorerUsd)} on AWS), ${count(awsRequests)} to all services`,
    ),
    line('duration', `${summary.durationSeconds.toFixed(1)} s`),
  ];
}

function comparison({ totalUsd, billUsd }: Summary): string {
  const gap = totalUsd - billUsd;
  const verdict = Math.abs(gap) < 0.005 ? 'equal to the cent' : `a difference of ${dollars(gap)}`;
  return `${dollars(totalUsd)}; the bill has ${dollars(billUsd)}: ${verdict}`;
}

function unattributed({ unattributedUsd, otherUsd, totalUsd }: Summary): string {
  const share =
    totalUsd <= 0 || unattributedUsd < 0
      ? ''
      : `, ${((unattributedUsd / totalUsd) * 100).toFixed(1)} % of the total`;
  const other =
    otherUsd === 0 ? '' : `; ${dollars(otherUsd)} of small owners aggregated because a limit was reached`;
  return `${dollars(unattributedUsd)}${share}${other}`;
}

function resourceLines({ resources }: Arrived): string[] {
  if (resources.length === 0) return ['no resource-level costs'];
  const rows = resources.map(({ labels, value }) => [
    labels.resource ?? '',
    labels.service ?? '',
    labels.region ?? '',
    labels.user_name ?? '',
    figure(value),
  ]);
  return [terminalTable([['costliest resources', 'service', 'region', 'owner', 'USD'], ...rows])];
}

function largestRegions(rows: readonly CostRow[]): string[] {
  const totals = new Map<string, number>();
  for (const { usd } of rows)
    for (const [region, value] of usd) totals.set(region, (totals.get(region) ?? 0) + value);
  return [...totals]
    .sort(([, a], [, b]) => b - a)
    .slice(0, REGIONS_SHOWN)
    .map(([region]) => region);
}

function added(name: string, rows: readonly CostRow[]): CostRow {
  const usd = new Map<string, number>();
  for (const row of rows)
    for (const [region, value] of row.usd) usd.set(region, (usd.get(region) ?? 0) + value);
  return { name, usd, total: sum(rows.map(({ total }) => total)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const FIGURE = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' } as const;
const FIGURES = new Intl.NumberFormat('en-US', FIGURE);
const DOLLARS = new Intl.NumberFormat('en-US', { ...FIGURE, style: 'currency', currency: 'USD' });

/** Formats an amount for a column whose title names the unit. */
function figure(usd: number): string {
  return FIGURES.format(usd);
}

function dollars(usd: number): string {
  return DOLLARS.format(usd);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
