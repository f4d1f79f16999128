import type { Delivery } from '../catalog/delivery';
import { METRICS } from '../catalog/metrics';
import { type Duration, formOf, type Moment, type Statistic } from './forms';
import { aggregate, type LabelName, type Vector } from './vector';

/** The metrics that can be queried: the catalog's, and the metrics that Prometheus and the gateway add. */
const QUERIED = {
  ...METRICS,
  up: { labels: ['job'] },
  push_time_seconds: { labels: ['account_id', 'job'] },
  push_failure_time_seconds: { labels: ['account_id', 'job'] },
} as const;

type QueriedMetric = keyof typeof QUERIED;

/** The labels of the metric. */
export type LabelOf<N extends QueriedMetric> = (typeof QUERIED)[N]['labels'][number];

/** A condition on the value of a label. */
export interface Matcher {
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Conditions by label. All of them must hold. */
export type Matchers<L extends string> = Readonly<Partial<Record<L, Matcher | readonly Matcher[]>>>;

/** Matches exactly one value. */
export function is(value: string): Matcher {
  return { operator: '=', value };
}

/** Matches every value except one. */
export function isNot(value: string): Matcher {
  return { operator: '!=', value };
}

/** Matches a regular expression, or the values chosen for a Grafana variable such as `$region`. */
export function matches(pattern: string): Matcher {
  return { operator: '=~', value: pattern };
}

/** Matches exactly the given values. Characters with a meaning in regular expressions are escaped. */
export function oneOf(values: readonly string[]): Matcher {
  return matches(alternatives(values));
}

/** Matches every value except the given ones. */
export function noneOf(values: readonly string[]): Matcher {
  return { operator: '!~', value: alternatives(values) };
}

function alternatives(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
}

/** The series that an expression reads, and the time of their values. */
interface Selection {
  readonly metric: QueriedMetric;
  readonly matchers: Matchers<string>;
  readonly moment: Moment;
}

/** The vector of one selector. */
export interface Series<L extends LabelName = LabelName> extends Vector<L> {
  readonly selection: Selection;
}

/** Selects a metric. A metric or a label that does not exist does not compile. */
export function series<N extends QueriedMetric>(
  metric: N,
  matchers?: Matchers<LabelOf<N>>,
): Series<LabelOf<N>> {
  const moment = { at: 'evaluation' } as const;
  return selected(QUERIED[metric].labels, { metric, matchers: matchers ?? {}, moment });
}

/** Selects the last known values at the end of the shown time range, for every point of the range. */
export function atEnd<L extends LabelName>(selector: Series<L>): Series<L> {
  return at(selector, { at: 'end' });
}

/** Selects the values at a time in the past. There are none before the history begins. */
export function before<L extends LabelName>(selector: Series<L>, distance: Duration): Series<L> {
  return at(selector, { at: 'before', distance });
}

/** Selects the last value within an hour, so that a failed scrape does not interrupt a condition. */
export function lately<L extends LabelName>(selector: Series<L>): Series<L> {
  return at(selector, { at: 'lately' });
}

/** Selects a statistic of each series over its values at the `days` midnights, UTC, that ended `asOfDaysAgo` days ago. */
export function overDays<L extends LabelName>(
  statistic: Statistic,
  selector: Series<L>,
  { days, asOfDaysAgo }: { readonly days: number; readonly asOfDaysAgo: number },
): Series<L> {
  return at(selector, { at: 'days', statistic, days, asOfDaysAgo });
}

/**
 * Returns one element with the labels that the selector requires if no series matches it. Written series are absent once no
 * value was written for the carried days, or after their NaN.
 */
export function absent({ expr, selection }: Series): Vector<never> {
  const forms: Readonly<Record<Delivery, (expr: string) => string>> = {
    scraped: (expr) => `absent(${expr})`,
    // Prometheus knows the required labels only of a selector, and this is an expression.
    written: (expr) => required(selection).reduce(withLabel, `absent(${expr})`),
  };
  return { expr: (delivery) => forms[delivery](expr(delivery)), labels: [] };
}

/** Returns the labels that have exactly one possible value. */
function required({ matchers }: Selection): [label: string, value: string][] {
  return conditionsOf(matchers).flatMap(([label, { operator, value }]) =>
    operator === '=' ? [[label, value]] : [],
  );
}

function withLabel(expr: string, [label, value]: readonly [string, string]): string {
  const strings = [label, value.replaceAll('$', '$$$$'), label, ''].map((text) => JSON.stringify(text));
  return `label_replace(${[expr, ...strings].join(', ')})`;
}

/** Returns each value once, because two installations or two replicas of a Prometheus may report the same dollars. */
export function once<L extends LabelName>(selector: Series<L>): Vector<L> {
  return aggregate('max', selector, selector.labels);
}

/** Returns each value once per installation, so that a stale installation stays visible beside the others. */
export function ofEachInstallation<L extends LabelName>(selector: Series<L>): Vector<L | 'deployment'> {
  return aggregate<L | 'deployment', L | 'deployment'>('max', selector, [...selector.labels, 'deployment']);
}

/** Grafana's query for the values of a variable. */
interface ValuesQuery {
  readonly query: string;
  /** The part of each line of the answer that is the value, in slashes. @default the complete line */
  readonly regex?: string;
}

/**
 * Returns Grafana's query for the values of a label. `label_values` accepts only a selector and lists every series with a
 * sample in the shown time. The last sample of a written series may be older, or its NaN, so written series are queried by
 * `query_result`, which accepts an expression and answers with lines such as `{region="eu-west-1"} 1 1700000000000`.
 */
export function labelValues<L extends LabelName>(
  selector: Series<L>,
  label: NoInfer<L>,
  delivery: Delivery,
): ValuesQuery {
  const existing = aggregate<L, L>('count', selector, [label]);
  const queries: Readonly<Record<Delivery, ValuesQuery>> = {
    scraped: { query: `label_values(${matched(selector.selection)}, ${label})` },
    written: {
      query: `query_result(${existing.expr('written')})`,
      regex: `/^\\{${label}="([\\s\\S]*)"\\} \\S+ \\S+$/`,
    },
  };
  return queries[delivery];
}

function at<L extends LabelName>({ labels, selection }: Series<L>, moment: Moment): Series<L> {
  return selected(labels, { ...selection, moment });
}

function selected<L extends LabelName>(labels: readonly L[], selection: Selection): Series<L> {
  const form = (delivery: Delivery) => formOf(matched(selection), selection.moment, delivery);
  const operator = { scraped: form('scraped').operator, written: form('written').operator };
  return { expr: (delivery) => form(delivery).expr, labels, selection, operator };
}

function matched({ metric, matchers }: Pick<Selection, 'metric' | 'matchers'>): string {
  const conditions = conditionsOf(matchers).map(
    ([label, { operator, value }]) => `${label}${operator}${JSON.stringify(value)}`,
  );
  return conditions.length > 0 ? `${metric}{${conditions.join(', ')}}` : metric;
}

function conditionsOf(matchers: Matchers<string>): [label: string, matcher: Matcher][] {
  return Object.entries(matchers).flatMap(([label, given]) =>
    [given ?? []].flat().map((matcher): [string, Matcher] => [label, matcher]),
  );
}
