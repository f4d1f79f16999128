import type { LabelName as CatalogLabel } from '../catalog/metrics';

/** Any label of any metric. `deployment` exists when its setting is set, `job` on the gateway's own metrics. */
export type LabelName = CatalogLabel | 'deployment' | 'job';

/** A PromQL instant vector and the labels of its elements. */
export interface Vector<L extends LabelName = LabelName> {
  readonly expr: string;
  readonly labels: readonly L[];
  /** The outermost binary operator. @default none, so the expression never needs brackets */
  readonly operator?: Operator;
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

type Operator = keyof typeof STRENGTH;
type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Aggregates over everything, unless labels to keep are given. */
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

/** Applies a function to the value of each element. */
export function apply<L extends LabelName>(
  name: 'abs' | 'day_of_month' | 'days_in_month' | 'month' | 'year',
  { expr, labels }: Vector<L>,
): Vector<L> {
  return { expr: `${name}(${expr})`, labels };
}

/** One element for each different value, which becomes the value of a label. */
export function valuesAsLabel<L extends LabelName>(label: L, { expr }: Vector): Vector<L> {
  return { expr: `count_values(${JSON.stringify(label)}, ${expr})`, labels: [label] };
}

/** Rewrites a label's value by the groups of a regular expression. */
export function relabelled<L extends LabelName>(
  { expr, labels }: Vector<L>,
  label: L,
  { pattern, replacement }: { readonly pattern: string; readonly replacement: string },
): Vector<L> {
  const texts = [label, replacement, label, pattern].map((text) => JSON.stringify(text));
  return { expr: `label_replace(${[expr, ...texts].join(', ')})`, labels };
}

export function plus<L extends LabelName>(left: Vector<L>, right: Vector<L> | number): Vector<L> {
  return operation(left.labels, [left, '+', right]);
}

/** The difference between elements of equal labels. */
export function minus<L extends LabelName>(left: Vector<L>, right: Vector<L> | number): Vector<L> {
  return operation(left.labels, [left, '-', right]);
}

export function times<L extends LabelName>(factor: number, vector: Vector<L>): Vector<L> {
  return operation(vector.labels, [factor, '*', vector]);
}

/** Each of many elements, times the one element that has the same values of the given labels. */
export function timesOne<L extends LabelName, M extends LabelName>(
  many: Vector<L>,
  on: readonly (L & M)[],
  one: Vector<M>,
): Vector<L> {
  return operation(many.labels, [one, '*', many], `${matching(on)} group_right ()`);
}

/** Each of many elements, divided by one value. */
export function overOne<L extends LabelName>(many: Vector<L>, one: Vector<never>): Vector<L> {
  return operation(many.labels, [many, '/', one], `${matching([])} group_left ()`);
}

/** The share of the whole that each element has; nothing where the whole is not positive. */
export function shares<L extends LabelName>(parts: Vector<L>, whole: Vector<never>): Vector<L> {
  return overOne(parts, compared(whole, '>', 0));
}

/** A part divided by the whole of equal labels; nothing where the whole is not positive. */
export function share<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return operation(whole.labels, [part, '/', compared(whole, '>', 0)]);
}

/** The relative change since an earlier value; nothing where that value was not positive. */
export function growth<L extends LabelName>(now: Vector<L>, then: Vector<L>): Vector<L> {
  return minus(share(now, then), 1);
}

/** The elements whose value compares so with a number, or with the value of the element of equal labels. */
export function compared<L extends LabelName>(
  vector: Vector<L>,
  comparison: Comparison,
  limit: number | Vector<L>,
): Vector<L> {
  return operation(vector.labels, [vector, comparison, limit]);
}

/** The elements that are at most a fraction of the whole whose labels they share. */
export function atMostShare<L extends LabelName, M extends L>(
  vector: Vector<L>,
  fraction: number,
  whole: Vector<M>,
): Vector<L> {
  const clause = `${matching(whole.labels)} group_left ()`;
  return operation(vector.labels, [vector, '<=', times(fraction, whole)], clause);
}

/** The elements that the other vector also has, by the given labels. */
export function where<L extends LabelName, M extends LabelName>(
  vector: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return operation(vector.labels, [vector, 'and', other], matching(on));
}

/** The elements that the other vector lacks, by the given labels. */
export function unless<L extends LabelName, M extends LabelName>(
  vector: Vector<L>,
  on: readonly (L & M)[],
  other: Vector<M>,
): Vector<L> {
  return operation(vector.labels, [vector, 'unless', other], matching(on));
}

/** 0 where there is no part, but nothing where there is no whole. */
export function orZero<L extends LabelName>(part: Vector<L>, whole: Vector<L>): Vector<L> {
  return operation(whole.labels, [part, 'or', times(0, whole)]);
}

/** The elements of any of the vectors. */
export function either<L extends LabelName>(vectors: readonly Vector<L>[]): Vector<L> {
  return vectors.reduce((left, right) => operation(left.labels, [left, 'or', right]));
}

/** The elements that meet every condition; all conditions have the same labels. */
export function both<L extends LabelName>(...conditions: readonly Vector<L>[]): Vector<L> {
  return conditions.reduce((left, right) => operation(left.labels, [left, 'and', right]));
}

/** Seconds since a time in Unix seconds. */
export function age<L extends LabelName>(time: Vector<L>): Vector<L> {
  return operation(time.labels, [{ expr: 'time()', labels: [] }, '-', time]);
}

/** A time in Unix seconds as the milliseconds that Grafana shows as a date. */
export function date<L extends LabelName>(time: Vector<L>): Vector<L> {
  return operation(time.labels, [time, '*', 1000]);
}

function matching(on: readonly LabelName[]): string {
  return `on (${on.join(', ')})`;
}

/** Writes a binary operation. Long operands of a set operator stand on lines of their own. */
function operation<L extends LabelName>(
  labels: readonly L[],
  [left, operator, right]: readonly [Operand, Operator, Operand],
  clause?: string,
): Vector<L> {
  const strength = STRENGTH[operator];
  const words = [operand(left, strength), [operator, clause].join(' ').trim(), operand(right, strength + 1)];
  const line = words.join(' ');
  const onLines = strength <= STRENGTH.and && line.length > LINE;
  return { expr: onLines ? words.join('\n') : line, labels, operator };
}

const LINE = 100;

/** Brackets an operand that binds less strongly than the operation around it needs. */
function operand(value: Operand, needed: number): string {
  if (typeof value === 'number') return String(value);
  const { expr, operator } = value;
  if (operator === undefined || STRENGTH[operator] >= needed) return expr;
  return STRENGTH[operator] <= STRENGTH.and && expr.includes('\n') ? `(\n${expr}\n)` : `(${expr})`;
}
