import type { Group } from '../../lambdas/metrics/group';
import { query } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';

/** A series with all of its labels and its value, as one text; the same text for the same series. */
type SeriesText = string;

/** What was pushed, each series with its group's labels. */
export function pushedSeries(groups: readonly Group[]): SeriesText[] {
  return groups
    .flatMap(({ job, groupingKey, samples }) =>
      samples.map(({ metric, labels, value }) =>
        seriesText(metric, { job, ...groupingKey, ...labels }, value),
      ),
    )
    .sort();
}

interface Family {
  readonly metrics: readonly { readonly labels: Labels; readonly value: string }[];
}
type Labels = Readonly<Record<string, string>>;
type GatewayGroup = Readonly<Record<string, Family>>;

/** Everything in the gateway but what it says itself about each push. */
export async function gatewaySeries({ url }: Server): Promise<SeriesText[]> {
  const answer = await fetch(`${url}/api/v1/metrics`);
  const { data } = (await answer.json()) as { data: GatewayGroup[] };
  return data
    .flatMap((group) => Object.entries(group).filter(([name]) => OURS.test(name)))
    .flatMap(([name, { metrics }]) =>
      metrics.map(({ labels, value }) => seriesText(name, labels, Number(value))),
    )
    .sort();
}

/** As Prometheus answers a query for all of ours. */
export async function prometheusSeries(prometheus: Server): Promise<SeriesText[]> {
  const results = await query(prometheus, `{__name__=~"${OURS.source}.*"}`);
  return results
    .map(({ labels: { __name__ = '', ...labels }, value }) => seriesText(__name__, labels, value))
    .sort();
}

/** How what was read differs from what was pushed: the first few of each, as a whole batch fills many screens. */
export function differences(read: readonly SeriesText[], pushed: readonly SeriesText[]) {
  return {
    more: read.length - pushed.length,
    missing: without(pushed, read).slice(0, 3),
    strange: without(read, pushed).slice(0, 3),
  };
}

export const NONE = { more: 0, missing: [], strange: [] };

function without(all: readonly SeriesText[], others: readonly SeriesText[]): SeriesText[] {
  const known = new Set(others);
  return all.filter((series) => !known.has(series));
}

const OURS = /^(aws|tollgate)_/;

/** A label with an empty value and no label are one and the same to Prometheus; the gateway adds an empty `instance`. */
function seriesText(metric: string, labels: Labels, value: number): SeriesText {
  const given = Object.entries(labels).filter(([, text]) => text !== '');
  return JSON.stringify([metric, given.sort(([a], [b]) => (a < b ? -1 : 1)), value]);
}
