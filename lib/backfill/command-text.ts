import { COST_EXPLORER_REQUEST_USD } from '../../lambdas/catalog/price';
import { terminalTable } from '../terminal-table';
import type { Offer } from './backfill';
import type { BackfillFlags } from './command';
import { periodOf } from './cost-queries';
import type { PastCollector } from './past-collectors';
import type { Plan } from './plan';

/** Returns the past runs, their queries and the price. */
export function offerText({ plan, queriesLeft, keptPages }: Offer, { maxUsd }: BackfillFlags): string {
  const kept = keptPages > 0 ? `\n${keptPages} answers are kept from an earlier run and cost nothing.` : '';
  return `${terminalTable([HEADER, ...rowsOf(plan)])}

Cost Explorer: at least ${queriesLeft} requests, $${usd(queriesLeft)}, if each answer has one page. AWS does not document the size of
a page; each further page is a request of $${COST_EXPLORER_REQUEST_USD}. At most $${maxUsd.toFixed(2)} is spent (--max-usd).${kept}`;
}

const HEADER = ['collector', 'accounts', 'queries', 'first run', 'last run', 'costs since'];

function rowsOf({ runs, queries }: Plan): string[][] {
  const collectors = [...new Set(runs.map(({ collector }) => collector))];
  return collectors.map((collector) =>
    rowOf(collector, { runs: runs.filter(isOf(collector)), queries: queries.filter(isOf(collector)) }),
  );
}

function isOf(collector: PastCollector): (one: { readonly collector: PastCollector }) => boolean {
  return (one) => one.collector === collector;
}

function rowOf(collector: PastCollector, { runs, queries }: Plan): string[] {
  const accounts = new Set(runs.map(({ account }) => account));
  const starts = queries.map(({ query }) => periodOf(query).start).sort();
  return [
    collector,
    String(accounts.size),
    String(queries.length),
    runs[0]?.day ?? '',
    runs.at(-1)?.day ?? '',
    starts[0] ?? '',
  ];
}

function usd(requests: number): string {
  return (requests * COST_EXPLORER_REQUEST_USD).toFixed(2);
}

/** Returns the commands that load the file into a Prometheus. */
export function loadText(file: string): string {
  return `
${file} is complete. To load it, with DATA as the data folder of Prometheus (--storage.tsdb.path):

  promtool tsdb create-blocks-from openmetrics --max-block-duration=720h ${quoted(file)} DATA

Prometheus must keep samples that are old: start it with --storage.tsdb.retention.time=2y. It finds the blocks within a minute.`;
}

/** Returns the word for a shell. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
