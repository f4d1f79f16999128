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

/** One query, and how its values are shown. */
interface ValueColumn {
  readonly value: Vector;
  /** @default the column is hidden: the series is wanted for its labels */
  readonly title?: string;
  readonly unit?: Unit;
  /** Further field options, by their Grafana ids. */
  readonly options?: readonly DynamicConfigValue[];
}

/** Values that have labels in common. */
export interface Table extends PanelFrame {
  /** The labels of the first value become the leading columns; the rows of the others join where labels are equal. */
  readonly columns: readonly [ValueColumn, ...ValueColumn[]];
  /** Field options of the leading columns, by their Grafana ids. */
  readonly labelOptions?: Readonly<Partial<Record<LabelName, readonly DynamicConfigValue[]>>>;
  /** Title of the column that the largest values lead. */
  readonly largestFirst?: string;
  /** A last row with the sums. */
  readonly sums?: boolean;
  /** Shown where there are no rows. @default No data */
  readonly noValue?: string;
}

/** A row for every set of labels, a column for every value. */
export function table({
  columns,
  labelOptions = {},
  largestFirst,
  sums = false,
  noValue,
  ...frame
}: Table): UnplacedPanel {
  const panel = emptyTable(frame)
    .targets(columns.map(({ value }, index) => tableQuery(value, index)))
    .transformations([...joined(columns), organized(columns)])
    .footer(new TableFooterOptionsBuilder().show(sums).reducer(['sum']).countRows(false));
  if (noValue) panel.noValue(noValue);
  if (largestFirst) panel.sortBy([new TableSortByFieldStateBuilder().displayName(largestFirst).desc(true)]);
  for (const { title, properties } of [...ofLabels(labelOptions), ...columns.flatMap(ofValue)])
    if (properties.length > 0) panel.overrideByName(title, properties);
  return panel;
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

/** A table that still lacks its queries. */
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

/** How Grafana calls the value of a query in a table: one query's alone, or one of several. */
function valueField(queries: number, index: number): string {
  return queries > 1 ? `Value #${refId(index)}` : 'Value';
}
