import { METRICS } from '../catalog/metrics';
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

type Duration = `${number}${'h' | 'd'}`;

/** The series that an expression reads, and the time of their values. */
interface Selection {
  readonly metric: QueriedMetric;
  readonly matchers: Matchers<string>;
  /** @default the value at the evaluated time */
  readonly over?: { readonly how: 'avg' | 'stddev' | 'last'; readonly range: Duration };
  /** Every point has the value at the end of the shown time range. @default false */
  readonly atEnd?: boolean;
  /** @default no offset */
  readonly offset?: Duration;
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
  return selected(QUERIED[metric].labels, { metric, matchers: matchers ?? {} });
}

/** Selects the value at the end of the shown time range, for every point of the range. */
export function atEnd<L extends LabelName>({ labels, selection }: Series<L>): Series<L> {
  return selected(labels, { ...selection, atEnd: true });
}

/** Selects the values at a time in the past. There are none before the history begins. */
export function before<L extends LabelName>({ labels, selection }: Series<L>, duration: Duration): Series<L> {
  return selected(labels, { ...selection, offset: duration });
}

/** Selects the last value within an hour, so that a failed scrape does not interrupt a condition. */
export function lately<L extends LabelName>({ labels, selection }: Series<L>): Series<L> {
  return selected(labels, { ...selection, over: { how: 'last', range: '1h' } });
}

/** Selects a statistic of each series over `days` days, which ended `asOfDaysAgo` days ago. */
export function overDays<L extends LabelName>(
  how: 'avg' | 'stddev' | 'last',
  { labels, selection }: Series<L>,
  { days, asOfDaysAgo }: { readonly days: number; readonly asOfDaysAgo: number },
): Series<L> {
  return selected(labels, { ...selection, over: { how, range: `${days}d` }, offset: `${asOfDaysAgo}d` });
}

/** Returns one element with the labels that the selector requires if no series matches it. */
export function absent({ expr }: Series): Vector<never> {
  return { expr: (delivery) => `absent(${expr(delivery)})`, labels: [] };
}

/** Returns each value once, because two installations or two replicas of a Prometheus may report the same dollars. */
export function once<L extends LabelName>(selector: Series<L>): Vector<L> {
  return aggregate('max', selector, selector.labels);
}

/** Returns each value once per installation, so that a stale installation stays visible beside the others. */
export function ofEachInstallation<L extends LabelName>(selector: Series<L>): Vector<L | 'deployment'> {
  return aggregate<L | 'deployment', L | 'deployment'>('max', selector, [...selector.labels, 'deployment']);
}

/** Returns Grafana's query for the values of a label. It accepts no expression around the selector. */
export function labelValues<L extends LabelName>({ selection }: Series<L>, label: NoInfer<L>): string {
  return `label_values(${matched(selection)}, ${label})`;
}

function selected<L extends LabelName>(labels: readonly L[], selection: Selection): Series<L> {
  return { expr: () => selector(selection), labels, selection };
}

/** Writes the PromQL of a selection. */
function selector({ over, atEnd, offset, ...selection }: Selection): string {
  const range = over ? `[${over.range}]` : '';
  const moment = `${atEnd ? ' @ end()' : ''}${offset ? ` offset ${offset}` : ''}`;
  const selector = `${matched(selection)}${range}${moment}`;
  return over ? `${over.how}_over_time(${selector})` : selector;
}

function matched({ metric, matchers }: Pick<Selection, 'metric' | 'matchers'>): string {
  const conditions = Object.entries(matchers).flatMap(([label, given]) =>
    [given ?? []].flat().map(({ operator, value }) => `${label}${operator}${JSON.stringify(value)}`),
  );
  return conditions.length > 0 ? `${metric}{${conditions.join(', ')}}` : metric;
}
