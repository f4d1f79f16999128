import {
  TableFooterOptionsBuilder,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import type { LabelName } from '../../lambdas/promql/vector';
import { COLUMN_TITLES } from './column-titles';
import { type Matrix, organized, pivot, TOTAL } from './matrix';
import type { UnplacedPanel } from './panel';
import { tableQuery } from './queries';
import { emptyTable } from './table';

/** A matrix that is shown as a table. */
interface MatrixTable<L extends LabelName> extends Matrix<L> {
  /** Options of the column with the rows' names, by their Grafana ids. */
  readonly rowOptions: readonly DynamicConfigValue[];
}

/** Returns a row for every value of one label and a column for every value of the other, the largest totals first. */
export function matrixTable<L extends LabelName>({ rowOptions, ...matrix }: MatrixTable<L>): UnplacedPanel {
  return (delivery) =>
    emptyTable(matrix)
      .withTarget(tableQuery(matrix.value, { delivery }))
      .transformations([...pivot(matrix), organized(matrix, { hideTotal: false })])
      .unit(matrix.unit.id)
      .decimals(matrix.unit.decimals)
      .sortBy([new TableSortByFieldStateBuilder().displayName(TOTAL).desc(true)])
      .footer(new TableFooterOptionsBuilder().show(true).reducer(['sum']).countRows(false))
      .overrideByName(COLUMN_TITLES[matrix.row], [...rowOptions]);
}
