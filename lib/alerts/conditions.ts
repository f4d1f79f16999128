import type { LabelName, Series, Vector } from '../dashboards/promql';

/** The elements of any, a line each. */
export function either<L extends LabelName>(vectors: readonly Vector<L>[]): Vector<L> {
  return joined('or', vectors);
}

/** The elements that meet every condition: all of them have the same labels. */
export function both<L extends LabelName>(...vectors: readonly Vector<L>[]): Vector<L> {
  return joined('and', vectors);
}

function joined<L extends LabelName>(operator: 'and' | 'or', vectors: readonly Vector<L>[]): Vector<L> {
  return { expr: vectors.map(({ expr }) => expr).join(`\n${operator}\n`), labels: vectors[0]?.labels ?? [] };
}

export function grouped<L extends LabelName>({ expr, labels }: Vector<L>): Vector<L> {
  return { expr: `(\n${expr}\n)`, labels };
}

/** But those that the other has too, by the labels given. */
export function except<L extends LabelName, M extends LabelName>(
  { expr, labels }: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return { expr: `${expr}\nunless on (${on.join(', ')})\n${other.expr}`, labels };
}

/** The elements whose value is so; next to a vector, that one's value of the same labels. */
export function compared<L extends LabelName>(
  { expr, labels }: Vector<L>,
  operator: '==' | '>' | '>=',
  limit: number | Vector<L>,
): Vector<L> {
  return { expr: `${expr} ${operator} ${typeof limit === 'number' ? limit : limit.expr}`, labels };
}

/** The elements that are no more than a share of the whole that they share its labels with. */
export function atMostShare<L extends LabelName, M extends L>(
  { expr, labels }: Vector<L>,
  share: number,
  whole: Vector<M>,
): Vector<L> {
  return {
    expr: `${expr} <= on (${whole.labels.join(', ')}) group_left () ${share} * ${whole.expr}`,
    labels,
  };
}

export function times<L extends LabelName>(factor: number, { expr, labels }: Vector<L>): Vector<L> {
  return { expr: `${factor} * ${expr}`, labels };
}

/** One element, with the labels that the selector asks for, while there is none. */
export function absent(selector: Series): Vector<never> {
  return { expr: `absent(${selector.expr})`, labels: [] };
}

/** What each series was over whole days, as of so many days ago. */
export function overDays<L extends LabelName>(
  how: 'avg' | 'stddev' | 'last',
  selector: Series<L>,
  { days, asOfDaysAgo }: { readonly days: number; readonly asOfDaysAgo: number },
): Series<L> {
  return { ...selector, expr: `${how}_over_time(${selector.expr}[${days}d] offset ${asOfDaysAgo}d)` };
}

/** As it was at last within the hour: a scrape that fails, or a gateway that restarts, must not begin the wait anew. */
export function lately<L extends LabelName>(selector: Series<L>): Series<L> {
  return { ...selector, expr: `last_over_time(${selector.expr}[1h])` };
}

/** The share of each part in the whole of its labels, 0 where there is no part; nothing where the whole is not positive. */
export function shareOf<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return { expr: `((${part.expr} or 0 * ${whole.expr}) / (${whole.expr} > 0))`, labels: whole.labels };
}
