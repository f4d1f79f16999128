import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Delivery } from '../../lambdas/catalog/delivery';
import type { Vector } from '../../lambdas/promql/vector';

/** The place of a query among those of its panel, and the delivery that it must fit. */
interface QueryOptions {
  readonly delivery: Delivery;
  /** @default 0 */
  readonly index?: number;
}

/** Queries the values at the end of the shown time. */
export function instantQuery({ expr }: Vector, { delivery, index = 0 }: QueryOptions): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr(delivery)).refId(refId(index)).instant();
}

/** Queries the values at the end of the shown time as a table with a column for every label. */
export function tableQuery(vector: Vector, options: QueryOptions): DataqueryBuilder {
  return instantQuery(vector, options).format(PromQueryFormat.Table);
}

/** Queries the values over the shown time; a label names the lines. */
export function rangeQuery({ expr }: Vector, legend: string, delivery: Delivery): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr(delivery)).refId(refId(0)).range().legendFormat(`{{${legend}}}`);
}

/** Returns Grafana’s name of a query: `A`, `B`, … */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
