import type { Table } from './section';
import { widthOf } from './visible-text';

/** Lines of equal columns for a monospaced font, as wide as their widest cell or header; figures to the right. */
export function alignedTable({ header, rows }: Table): string[] {
  const lines = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...lines.map((cells) => widthOf(cells[i] ?? ''))));
  const rule = widths.map((width) => '-'.repeat(width));
  return [header, rule, ...rows].map((cells) =>
    cells.map((cell, i) => padded(cell, widths[i] ?? 0, i)).join('  '),
  );
}

function padded(cell: string, width: number, column: number): string {
  const space = ' '.repeat(width - widthOf(cell));
  return column === 0 ? cell + space : space + cell;
}
