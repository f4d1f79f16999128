import {
  TableFooterOptionsBuilder,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { DataTransformerConfig, DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { LabelName, Vector } from '../../lambdas/promql/vector';
import { COLUMN_TITLES } from './column-titles';
import { framed, type PanelFrame, type Unit, type UnplacedPanel } from './panel';
import { refId, tableQuery } from './queries';

/** A query and the format of its values. */
interface ValueColumn {
  readonly value: Vector;
  /** @default the column is hidden, and the query only contributes labels */
  readonly title?: string;
  readonly unit?: Unit;
  /** Further field options, by their Grafana ids. */
  readonly options?: readonly DynamicConfigValue[];
}

/** Values that share labels. */
interface Table extends PanelFrame {
  /** The labels of the first value become the leading columns; the other values join rows of equal labels. */
  readonly columns: readonly [ValueColumn, ...ValueColumn[]];
  /** Field options of the leading columns, by their Grafana ids. */
  readonly labelOptions?: Readonly<Partial<Record<LabelName, readonly DynamicConfigValue[]>>>;
  /** Title of the column by which rows are sorted, the largest first. */
  readonly largestFirst?: string;
  /** Adds a last row with the sums. @default false */
  readonly sums?: boolean;
}

/** Returns a table with a row for every set of labels and a column for every value. */
export function table({
  columns,
  labelOptions = {},
  largestFirst,
  sums = false,
  ...frame
}: Table): UnplacedPanel {
  return (delivery) => {
    const panel = emptyTable(frame)
      .targets(columns.map(({ value }, index) => tableQuery(value, { delivery, index })))
      .transformations([...joined(columns), organized(columns)])
      .footer(new TableFooterOptionsBuilder().show(sums).reducer(['sum']).countRows(false));
    if (largestFirst) panel.sortBy([new TableSortByFieldStateBuilder().displayName(largestFirst).desc(true)]);
    for (const { title, properties } of [...ofLabels(labelOptions), ...columns.flatMap(ofValue)])
      if (properties.length > 0) panel.overrideByName(title, properties);
    return panel;
  };
}

interface ColumnProperties {
  readonly title: string;
  readonly properties: DynamicConfigValue[];
}

function ofLabels(labelOptions: NonNullable<Table['labelOptions']>): ColumnProperties[] {
  return (Object.keys(labelOptions) as LabelName[]).map((label) => ({
    title: COLUMN_TITLES[label],
    properties: [...(labelOptions[label] ?? [])],
  }));
}

function ofValue({ title, unit, options = [] }: ValueColumn): ColumnProperties[] {
  return title ? [{ title, properties: [...(unit ? shown(unit) : []), ...options] }] : [];
}

/** Returns a table without queries. */
export function emptyTable(frame: PanelFrame): PanelBuilder {
  return framed(new PanelBuilder(), frame).filterable(true);
}

function shown({ id, decimals }: Unit): DynamicConfigValue[] {
  return [
    { id: 'unit', value: id },
    { id: 'decimals', value: decimals },
  ];
}

function joined(columns: readonly ValueColumn[]): DataTransformerConfig[] {
  return columns.length > 1 ? [{ id: 'merge', options: {} }] : [];
}

function organized(columns: readonly [ValueColumn, ...ValueColumn[]]): DataTransformerConfig {
  const labels = columns[0].value.labels;
  const fields = columns.map((_, index) => valueField(columns.length, index));
  const hidden = fields.filter((_, index) => !columns[index]?.title);
  return {
    id: 'organize',
    options: {
      excludeByName: Object.fromEntries(['Time', ...hidden].map((field) => [field, true])),
      indexByName: Object.fromEntries([...labels, ...fields].map((field, index) => [field, index])),
      renameByName: Object.fromEntries([
        ...labels.map((label) => [label, COLUMN_TITLES[label]]),
        ...fields.map((field, index) => [field, columns[index]?.title ?? '']),
      ]),
    },
  };
}

/** Returns Grafana’s name of the column with the values of a query, which depends on whether there are others. */
function valueField(queries: number, index: number): string {
  return queries > 1 ? `Value #${refId(index)}` : 'Value';
}
