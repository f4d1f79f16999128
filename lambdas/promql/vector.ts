import type { Delivery } from '../catalog/delivery';
import type { LabelName as CatalogLabel } from '../catalog/metrics';

/** A label of any metric. `deployment` exists only with its setting, and `job` only on the gateway's own metrics. */
export type LabelName = CatalogLabel | 'deployment' | 'job';

/** A PromQL instant vector and the labels of its elements. */
export interface Vector<L extends LabelName = LabelName> {
  /** Returns the expression for data that arrives by the given kind of delivery. */
  readonly expr: (delivery: Delivery) => string;
  readonly labels: readonly L[];
  /** The outermost binary operator of each form. @default none, so the expression never needs brackets */
  readonly operator?: Readonly<Partial<Record<Delivery, Operator>>>;
}

type Operand = Vector | number;

/** The binary operators; a higher number binds more strongly, and all associate to the left. */
const STRENGTH = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
} as const;

/** A binary operator. */
export type Operator = keyof typeof STRENGTH;
type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Aggregates the elements that share the given labels, or all elements if no label is given. */
export function aggregate<L extends LabelName, K extends L = never>(
  operator: 'sum' | 'min' | 'max' | 'count',
  vector: Vector<L>,
  labels: readonly K[] = [],
): Vector<K> {
  const by = labels.length > 0 ? ` by (${labels.join(', ')}) ` : '';
  return call(`${operator}${by}`, [vector], labels);
}

/** Returns the `count` elements with the largest values. */
export function topk<L extends LabelName>(count: number, vector: Vector<L>): Vector<L> {
  return call('topk', [count, vector], vector.labels);
}

/** Applies a function to the value of each element. */
export function apply<L extends LabelName>(
  name: 'abs' | 'day_of_month' | 'days_in_month' | 'month' | 'year',
  vector: Vector<L>,
): Vector<L> {
  return call(name, [vector], vector.labels);
}

/** Returns one element for each different value. The value becomes a label, and the number of elements the new value. */
export function valuesAsLabel<L extends LabelName>(label: L, vector: Vector): Vector<L> {
  return call('count_values', [JSON.stringify(label), vector], [label]);
}

/** Rewrites a label's value by the groups of a regular expression. */
export function relabelled<L extends LabelName>(
  vector: Vector<L>,
  label: L,
  { pattern, replacement }: { readonly pattern: string; readonly replacement: string },
): Vector<L> {
  const strings = [label, replacement, label, pattern].map((value) => JSON.stringify(value));
  return call('label_replace', [vector, ...strings], vector.labels);
}

/** Returns the sums of elements with equal labels, or adds a number to each element. */
export function plus<L extends LabelName>(left: Vector<L>, right: Vector<L> | number): Vector<L> {
  return operation(left.labels, [left, '+', right]);
}

/** Returns the differences between elements with equal labels, or subtracts a number from each element. */
export function minus<L extends LabelName>(left: Vector<L>, right: Vector<L> | number): Vector<L> {
  return operation(left.labels, [left, '-', right]);
}

/** Multiplies the value of each element by a number. */
export function times<L extends LabelName>(factor: number, vector: Vector<L>): Vector<L> {
  return operation(vector.labels, [factor, '*', vector]);
}

/** Multiplies each of many elements by the one element that has the same values of the given labels. */
export function timesOne<L extends LabelName, M extends LabelName>(
  many: Vector<L>,
  on: readonly (L & M)[],
  one: Vector<M>,
): Vector<L> {
  return operation(many.labels, [one, '*', many], `${matching(on)} group_right ()`);
}

/** Divides each of many elements by one value. */
export function overOne<L extends LabelName>(many: Vector<L>, one: Vector<never>): Vector<L> {
  return operation(many.labels, [many, '/', one], `${matching([])} group_left ()`);
}

/** Returns each element's share of the total, or no element if the total is not positive. */
export function shares<L extends LabelName>(parts: Vector<L>, whole: Vector<never>): Vector<L> {
  return overOne(parts, compared(whole, '>', 0));
}

/** Divides a part by the total with equal labels. Returns no element if the total is not positive. */
export function share<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return operation(whole.labels, [part, '/', compared(whole, '>', 0)]);
}

/** Returns the relative change since an earlier value, or no element if that value was not positive. */
export function growth<L extends LabelName>(now: Vector<L>, then: Vector<L>): Vector<L> {
  return minus(share(now, then), 1);
}

/** Keeps elements whose comparison is true, either with a number or with the element that has equal labels. */
export function compared<L extends LabelName>(
  vector: Vector<L>,
  comparison: Comparison,
  limit: number | Vector<L>,
): Vector<L> {
  return operation(vector.labels, [vector, comparison, limit]);
}

/** Keeps elements of at most the given fraction of their total. The total's labels select it. */
export function atMostShare<L extends LabelName, M extends L>(
  vector: Vector<L>,
  fraction: number,
  whole: Vector<M>,
): Vector<L> {
  const clause = `${matching(whole.labels)} group_left ()`;
  return operation(vector.labels, [vector, '<=', times(fraction, whole)], clause);
}

/** Keeps elements that have a counterpart in the other vector, by the given labels. */
export function where<L extends LabelName, M extends LabelName>(
  vector: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return operation(vector.labels, [vector, 'and', other], matching(on));
}

/** Keeps elements that have no counterpart in the other vector, by the given labels. */
export function unless<L extends LabelName, M extends LabelName>(
  vector: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return operation(vector.labels, [vector, 'unless', other], matching(on));
}

/** Adds a 0 for each element of the total that has no part. */
export function orZero<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return operation(whole.labels, [part, 'or', times(0, whole)]);
}

/** Returns the elements of all vectors. Of elements with equal labels, the one of the earliest vector counts. */
export function either<L extends LabelName>(vectors: readonly Vector<L>[]): Vector<L> {
  return vectors.reduce((left, right) => operation(left.labels, [left, 'or', right]));
}

/** Keeps elements that meet every condition. All conditions have the same labels. */
export function both<L extends LabelName>(...conditions: readonly Vector<L>[]): Vector<L> {
  return conditions.reduce((left, right) => operation(left.labels, [left, 'and', right]));
}

/** Returns the median of each element over its values at the `days` midnights, UTC, that ended `asOfDaysAgo` days ago. */
export function medianOverDays<L extends LabelName>(
  vector: Vector<L>,
  { days, asOfDaysAgo }: { readonly days: number; readonly asOfDaysAgo: number },
): Vector<L> {
  const past = (delivery: Delivery) =>
    `${operand(vector, Number.POSITIVE_INFINITY, delivery)}[${days}d:1d] offset ${asOfDaysAgo}d`;
  return { expr: (delivery) => `quantile_over_time(0.5, ${past(delivery)})`, labels: vector.labels };
}

/** Returns the seconds that have passed since a time in Unix seconds. */
export function age<L extends LabelName>(time: Vector<L>): Vector<L> {
  return operation(time.labels, [{ expr: () => 'time()', labels: [] }, '-', time]);
}

/** Converts Unix seconds to milliseconds, which Grafana formats as a date. */
export function date<L extends LabelName>(time: Vector<L>): Vector<L> {
  return operation(time.labels, [time, '*', 1000]);
}

function matching(on: readonly LabelName[]): string {
  return `on (${on.join(', ')})`;
}

/** Writes a call of a function or of an aggregation. */
function call<L extends LabelName>(
  name: string,
  parameters: readonly (Vector | number | string)[],
  labels: readonly L[],
): Vector<L> {
  const written = (delivery: Delivery) =>
    parameters.map((one) => (typeof one === 'object' ? one.expr(delivery) : String(one))).join(', ');
  return { expr: (delivery) => `${name}(${written(delivery)})`, labels };
}

/** Writes a binary operation. Long operands of a set operator are on lines of their own. */
function operation<L extends LabelName>(
  labels: readonly L[],
  [left, operator, right]: readonly [Operand, Operator, Operand],
  clause?: string,
): Vector<L> {
  const strength = STRENGTH[operator];
  const middle = [operator, clause].join(' ').trim();
  const expr = (delivery: Delivery) => {
    const words = [operand(left, strength, delivery), middle, operand(right, strength + 1, delivery)];
    const line = words.join(' ');
    return strength <= STRENGTH.and && line.length > LINE ? words.join('\n') : line;
  };
  return { expr, labels, operator: { scraped: operator, written: operator } };
}

const LINE = 100;

/** Encloses an operand in brackets if its operator binds less strongly than `needed`. */
function operand(value: Operand, needed: number, delivery: Delivery): string {
  if (typeof value === 'number') return String(value);
  const expr = value.expr(delivery);
  const operator = value.operator?.[delivery];
  if (operator === undefined || STRENGTH[operator] >= needed) return expr;
  return STRENGTH[operator] <= STRENGTH.and && expr.includes('\n') ? `(\n${expr}\n)` : `(${expr})`;
}
