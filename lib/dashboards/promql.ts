import { METRICS, type MetricName } from '../../lambdas/catalog/metrics';

/** The labels that the catalog gives the metric. */
export type LabelOf<N extends MetricName> = (typeof METRICS)[N]['labels'][number];

/** Any label of any metric; `deployment` is there when the setting is. */
export type LabelName = LabelOf<MetricName> | 'deployment';

/** An operator and a quoted value, such as `=~"$region"`. */
export type Matcher = `${'=' | '!=' | '=~' | '!~'}"${string}"`;

export type Matchers<L extends string> = Readonly<Partial<Record<L, Matcher | readonly Matcher[]>>>;

/** A PromQL instant vector, and the labels it has. */
export interface Vector<L extends LabelName = LabelName> {
  readonly expr: string;
  readonly labels: readonly L[];
}

/** A selector of one metric of the catalog, as it is stored. */
export interface Series<L extends LabelName = LabelName> extends Vector<L> {
  readonly metric: MetricName;
}

/** A name or a label that the catalog does not have does not compile. */
export function series<N extends MetricName>(metric: N, matchers?: Matchers<LabelOf<N>>): Series<LabelOf<N>> {
  const expr = matchers ? `${metric}{${conditions(matchers)}}` : metric;
  return { metric, labels: METRICS[metric].labels, expr };
}

/** The values at the end of the shown time, at every point of it. */
export function atEnd<L extends LabelName>(selector: Series<L>): Series<L> {
  return { ...selector, expr: `${selector.expr} @ end()` };
}

/** The values of so long ago: nothing where the history does not reach. */
export function before<L extends LabelName>(
  selector: Series<L>,
  duration: `${number}${'h' | 'd'}`,
): Series<L> {
  return { ...selector, expr: `${selector.expr} offset ${duration}` };
}

/**
 * Each fact once: two installations that watch one account, or two replicas of one Prometheus, report the same dollars,
 * and a sum over their labels would count them twice.
 */
export function once<L extends LabelName>(selector: Series<L>): Vector<L> {
  return aggregate('max', selector, selector.labels);
}

/** Each fact of each installation: where one is stale, the others must not hide it. */
export function ofEachInstallation<L extends LabelName>(selector: Series<L>): Vector<L | 'deployment'> {
  return aggregate<L | 'deployment', L | 'deployment'>('max', selector, [...selector.labels, 'deployment']);
}

/** Over everything, unless labels to keep are given. */
export function aggregate<L extends LabelName, K extends L = never>(
  operator: 'sum' | 'min' | 'max' | 'count',
  { expr }: Vector<L>,
  labels: readonly K[] = [],
): Vector<K> {
  const by = labels.length > 0 ? ` by (${labels.join(', ')}) ` : '';
  return { expr: `${operator}${by}(${expr})`, labels };
}

export function topk<L extends LabelName>(count: number, { expr, labels }: Vector<L>): Vector<L> {
  return { expr: `topk(${count}, ${expr})`, labels };
}

/** The elements that the other has too, by the labels given. */
export function where<L extends LabelName, M extends LabelName>(
  { expr, labels }: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return { expr: `(${expr} and on (${on.join(', ')}) ${other.expr})`, labels };
}

/** The elements that the other lacks, by the labels given. */
export function unless<L extends LabelName, M extends LabelName>(
  { expr, labels }: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return { expr: `(${expr} unless on (${on.join(', ')}) ${other.expr})`, labels };
}

/** The elements whose value is so. */
export function those<L extends LabelName>(
  { expr, labels }: Vector<L>,
  condition: `${'==' | '!=' | '<' | '>'} ${number}`,
): Vector<L> {
  return { expr: `(${expr} ${condition})`, labels };
}

/** What each element has more than the other of the same labels. */
export function minus<L extends LabelName>({ expr, labels }: Vector<L>, other: Vector<L>): Vector<L> {
  return { expr: `(${expr} - ${other.expr})`, labels };
}

/** Each of many elements, times the one that it shares the labels given with. */
export function timesOne<L extends LabelName, M extends LabelName>(
  { expr, labels }: Vector<L>,
  on: readonly (L & M)[],
  one: Vector<M>,
): Vector<L> {
  return { expr: `(${one.expr} * on (${on.join(', ')}) group_right () ${expr})`, labels };
}

/** The share that each element has of the whole; nothing where the whole is not positive. */
export function shares<L extends LabelName>({ expr, labels }: Vector<L>, whole: Vector<never>): Vector<L> {
  return { expr: `(${expr} / on () group_left () (${whole.expr} > 0))`, labels };
}

/** Nothing where the whole is not positive: a share of it would say nothing. */
export function share<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return { expr: `(${part.expr} / (${whole.expr} > 0))`, labels: part.labels };
}

/** By which share of the value before it grew: nothing where that was not positive. */
export function growth<L extends LabelName>(now: Vector<L>, before: Vector<L>): Vector<L> {
  return { expr: `(${share(now, before).expr} - 1)`, labels: now.labels };
}

/** 0 where there is none of it, but still nothing where there is no data at all. */
export function orZero(part: Vector<never>, whole: Vector<never>): Vector<never> {
  return { expr: `(${part.expr} or 0 * ${whole.expr})`, labels: [] };
}

export function absolute<L extends LabelName>({ expr, labels }: Vector<L>): Vector<L> {
  return { expr: `abs(${expr})`, labels };
}

/** Seconds since a time in Unix seconds. */
export function age<L extends LabelName>({ expr, labels }: Vector<L>): Vector<L> {
  return { expr: `(time() - ${expr})`, labels };
}

/** A time in Unix seconds in the milliseconds that Grafana shows as a date. */
export function date<L extends LabelName>({ expr, labels }: Vector<L>): Vector<L> {
  return { expr: `(${expr} * 1000)`, labels };
}

function conditions<L extends string>(matchers: Matchers<L>): string {
  return (Object.keys(matchers) as L[])
    .flatMap((label) => [matchers[label] ?? []].flat().map((matcher) => `${label}${matcher}`))
    .join(', ');
}
