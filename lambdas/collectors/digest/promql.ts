import { METRICS, type MetricName } from '../../catalog/metrics';

type LabelOf<N extends MetricName> = (typeof METRICS)[N]['labels'][number];

type Matcher = `${'=' | '!='}"${string}"`;

export interface Selection<L extends string> {
  /** @default every series */
  readonly where?: Readonly<Partial<Record<L, Matcher>>>;
  /** As it was that many days before. @default 0 */
  readonly daysBefore?: number;
}

/** A PromQL instant vector, and the labels it has. */
export interface Query<L extends string> {
  readonly expr: string;
  readonly labels: readonly L[];
}

/**
 * Each fact once: two installations that watch one account, or two replicas of one Prometheus, report the same dollars,
 * and a sum over their labels would count them twice. A name that the catalog does not have does not compile.
 */
export function once<N extends MetricName>(
  metric: N,
  selection: Selection<LabelOf<N>> = {},
): Query<LabelOf<N>> {
  return by('max', METRICS[metric].labels, selector(metric, selection));
}

/** Each fact of each installation: where one is stale, the others must not hide it. */
export function ofEachInstallation<N extends MetricName>(
  metric: N,
  selection: Selection<LabelOf<N>> = {},
): Query<LabelOf<N> | 'deployment'> {
  return by('max', [...METRICS[metric].labels, 'deployment'], selector(metric, selection));
}

/** Over everything, unless labels to keep are given. */
export function sum<L extends string, K extends L = never>(
  { expr }: Query<L>,
  labels: readonly K[] = [],
): Query<K> {
  return by('sum', labels, expr);
}

function by<L extends string>(operator: 'max' | 'sum', labels: readonly L[], expr: string): Query<L> {
  const kept = labels.length > 0 ? ` by (${labels.join(', ')}) ` : '';
  return { expr: `${operator}${kept}(${expr})`, labels };
}

function selector<L extends string>(metric: MetricName, { where, daysBefore = 0 }: Selection<L>): string {
  const conditions = Object.entries(where ?? {}).map(([label, matcher]) => `${label}${matcher}`);
  const selected = conditions.length > 0 ? `${metric}{${conditions.join(', ')}}` : metric;
  return daysBefore > 0 ? `${selected} offset ${daysBefore}d` : selected;
}
