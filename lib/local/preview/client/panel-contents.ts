import type { Cell } from './interpolate';
import type { Labels } from './prometheus';
import type { TimeRange } from './time-range';

/** The queries of a panel with the selection filled in. */
export interface PanelQuery {
  readonly targets: readonly {
    readonly expr: string;
    readonly refId: string;
    readonly legendFormat?: string;
  }[];
  readonly range: TimeRange;
  /** Returns the address of a cell's link. */
  readonly href: (url: string, cell: Cell) => string;
}

/** The drawn contents of a panel. */
export interface PanelContents {
  /** The number of series, rows or bars; 0 is an empty panel. */
  readonly rows: number;
  readonly nodes: readonly Node[];
}

/** Fills in `{{label}}`; without a format, returns the labels. */
export function seriesName(format: string | undefined, labels: Labels): string {
  if (format && format !== '__auto')
    return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, label) => labels[label] ?? '');
  return Object.values(labels).join(' ');
}
