import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import type { LabelName, Vector } from '../../lambdas/promql/vector';
import { COLUMN_TITLES } from './column-titles';
import type { PanelFrame, Unit } from './panel';

/** A value by two labels. */
export interface Matrix<L extends LabelName = LabelName> extends PanelFrame {
  readonly value: Vector<L>;
  readonly row: L;
  readonly column: L;
  readonly unit: Unit;
  /** Titles that replace label values. @default the label values */
  readonly columnTitles?: Readonly<Record<string, string>>;
}

/** Title of the column with the sum of each row. */
export const TOTAL = 'Total';

/** Turns series into rows by one label and columns by the other, and adds the total. */
export function pivot({ row, column }: Matrix): DataTransformerConfig[] {
  return [
    {
      id: 'groupingToMatrix',
      options: { rowField: row, columnField: column, valueField: 'Value', emptyValue: 'null' },
    },
    { id: 'calculateField', options: { mode: 'reduceRow', reduce: { reducer: 'sum' }, alias: TOTAL } },
  ];
}

/** Names the columns, and puts the total first or hides it. */
export function organized(
  { columnTitles = {}, ...matrix }: Matrix,
  { hideTotal }: { hideTotal: boolean },
): DataTransformerConfig {
  const rows = corner(matrix);
  return {
    id: 'organize',
    options: {
      excludeByName: hideTotal ? { [TOTAL]: true } : {},
      indexByName: { [rows]: 0, [TOTAL]: 1 },
      renameByName: { [rows]: COLUMN_TITLES[matrix.row], ...columnTitles },
    },
  };
}

/** Returns Grafana’s name of the column with the rows' names. */
export function corner({ row, column }: Pick<Matrix, 'row' | 'column'>): string {
  return `${row}\\${column}`;
}
