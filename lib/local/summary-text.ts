import { terminalTable } from '../terminal-table';
import type { Arrived, CostRow, Summary } from './summary';

/** Rows and columns that fit a terminal; the rest is summed into one. */
const USERS_SHOWN = 10;
const REGIONS_SHOWN = 5;

/** What a round brought, for a person. */
export function summaryText(summary: Summary, arrived: Arrived): string {
  if (summary.users === 0) return [metricTable(arrived), '', ...facts(summary)].join('\n');
  return [
    costTable(summary, arrived),
    '',
    `adds up   ${comparison(summary)}`,
    `unowned   ${unowned(summary)}`,
    `checked   ${checked(summary)}`,
    ...facts(summary),
    '',
    ...resourceLines(arrived),
  ].join('\n');
}

/** What there is to say where the metrics have no names of ours. */
function metricTable({ metrics }: Arrived): string {
  const rows = metrics.map(({ labels, value }) => [labels.job ?? '', labels.__name__ ?? '', count(value)]);
  return terminalTable([['job', 'metric', 'series'], ...rows.sort()]);
}

function checked({ gapsUsd }: Summary): string {
  const names = Object.keys(gapsUsd).sort();
  const largest = Math.max(0, ...Object.values(gapsUsd));
  return `${names.length} breakdowns (${names.join(', ')}): largest gap ${dollars(largest)}`;
}

function costTable(summary: Summary, { users, unattributed, other }: Arrived): string {
  const regions = largestRegions([...users, unattributed, other]);
  const more = summary.regions.length > regions.length;
  const line = ({ name, usd, total }: CostRow) => [
    name,
    ...regions.map((region) => figure(usd.get(region) ?? 0)),
    ...(more ? [figure(total - sum(regions.map((region) => usd.get(region) ?? 0)))] : []),
    figure(total),
  ];
  const rest = users.slice(USERS_SHOWN);
  return terminalTable([
    ['USD by user', ...regions, ...(more ? ['elsewhere'] : []), 'total'],
    ...users.slice(0, USERS_SHOWN).map(line),
    ...(rest.length > 0 ? [line(added(`… ${rest.length} more users`, rest))] : []),
    ...(other.usd.size > 0 ? [line({ ...other, name: 'folded (__other__)' })] : []),
    line({ ...unattributed, name: 'nobody (__unattributed__)' }),
    line(added('total', [...users, unattributed, other])),
  ]);
}

function facts(summary: Summary): string[] {
  const { jobs, series, costExplorerQueries, costExplorerRequests, costExplorerUsd, awsRequests } = summary;
  return [
    `pushed    ${jobs.length} jobs, ${count(series)} series`,
    `asked     ${count(costExplorerQueries)} Cost Explorer queries in ${count(costExplorerRequests)} requests, ${dollars(costExplorerUsd)} on AWS; ${count(awsRequests)} requests in all`,
    `took      ${summary.durationSeconds.toFixed(1)} s`,
  ];
}

function comparison({ totalUsd, billUsd }: Summary): string {
  const gap = totalUsd - billUsd;
  const verdict = Math.abs(gap) < 0.005 ? 'the same to the cent' : `they differ by ${dollars(gap)}`;
  return `published ${dollars(totalUsd)}, the bill says ${dollars(billUsd)}: ${verdict}`;
}

function unowned({ unattributedUsd, otherUsd, totalUsd }: Summary): string {
  const share =
    totalUsd <= 0 || unattributedUsd < 0
      ? ''
      : `, ${((unattributedUsd / totalUsd) * 100).toFixed(1)} % of it`;
  const folded =
    otherUsd === 0 ? '' : `; ${dollars(otherUsd)} of small owners folded to stay under maxSeries`;
  return `${dollars(unattributedUsd)} by nobody${share}${folded}`;
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

/** For a column that says its unit. */
function figure(usd: number): string {
  return FIGURES.format(usd);
}

function dollars(usd: number): string {
  return DOLLARS.format(usd);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
