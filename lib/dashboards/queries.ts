import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Vector } from '../../lambdas/promql/vector';

/** The values at the end of the shown time. */
export function instantQuery({ expr }: Vector, index = 0): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).refId(refId(index)).instant();
}

/** The same as one table: a row for every series, a column for every label. */
export function tableQuery(vector: Vector, index = 0): DataqueryBuilder {
  return instantQuery(vector, index).format(PromQueryFormat.Table);
}

/** The values over the shown time, named by a label. */
export function rangeQuery({ expr }: Vector, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).refId(refId(0)).range().legendFormat(`{{${legend}}}`);
}

/** `A`, `B`, … */
export function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
