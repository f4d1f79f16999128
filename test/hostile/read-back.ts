import type { Group } from '../../lambdas/metrics/group';
import { query } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';

/** A series with its labels and its value as one string; equal series have equal strings. */
type SeriesText = string;

/** Returns the pushed series, each with its group's labels. */
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

/** Returns the series in the gateway, without those that the gateway adds itself. */
export async function gatewaySeries({ url }: Server): Promise<SeriesText[]> {
  const answer = await fetch(`${url}/api/v1/metrics`);
  const { data } = (await answer.json()) as { data: GatewayGroup[] };
  return data
    .flatMap((group) => Object.entries(group).filter(([name]) => METRIC_NAME.test(name)))
    .flatMap(([name, { metrics }]) =>
      metrics.map(({ labels, value }) => seriesText(name, labels, Number(value))),
    )
    .sort();
}

/** Returns Tollgate's series in Prometheus. */
export async function prometheusSeries(prometheus: Server): Promise<SeriesText[]> {
  const results = await query(prometheus, `{__name__=~"${METRIC_NAME.source}.*"}`);
  return results
    .map(({ labels: { __name__ = '', ...labels }, value }) => seriesText(__name__, labels, value))
    .sort();
}

/** Returns the first few differences of each kind, because a batch fills many screens. */
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

const METRIC_NAME = /^(aws|tollgate)_/;

/** Returns a series as a string, without empty labels: Prometheus drops them, and the gateway adds an empty `instance`. */
function seriesText(metric: string, labels: Labels, value: number): SeriesText {
  const given = Object.entries(labels).filter(([, text]) => text !== '');
  return JSON.stringify([metric, given.sort(([a], [b]) => (a < b ? -1 : 1)), value]);
}
