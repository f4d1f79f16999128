import type { Cell } from './interpolate';
import type { Labels } from './prometheus';
import type { TimeRange } from './time-range';

/** What a panel asks, with everything chosen filled in. */
export interface PanelQuery {
  readonly targets: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly legendFormat?: string;
  }[];
  readonly range: TimeRange;
  /** The address that a link of a cell leads to. */
  readonly href: (url: string, cell: Cell) => string;
}

/** What a panel shows. */
export interface PanelContents {
  /** Series, rows or bars: 0 is an empty panel. */
  readonly rows: number;
  readonly nodes: readonly Node[];
}

/** `{{label}}` filled in; without a format, the labels. */
export function seriesName(format: string | undefined, labels: Labels): string {
  if (format && format !== '__auto')
    return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '');
  return Object.values(labels).join(' ');
}
