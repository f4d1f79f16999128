import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Vector } from '../../lambdas/promql/vector';

/** Queries the values at the end of the shown time. */
export function instantQuery({ expr }: Vector, index = 0): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).refId(refId(index)).instant();
}

/** Queries the values at the end of the shown time as a table with a column for every label. */
export function tableQuery(vector: Vector, index = 0): DataqueryBuilder {
  return instantQuery(vector, index).format(PromQueryFormat.Table);
}

/** Queries the values over the shown time; a label names the lines. */
export function rangeQuery({ expr }: Vector, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).refId(refId(0)).range().legendFormat(`{{${legend}}}`);
}

/** Returns Grafana’s name of a query: `A`, `B`, … */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
