import type { Table } from './section';

/** Some items, largest first, and the rest of them. */
export interface Ranking<T> {
  readonly shown: readonly T[];
  readonly rest: readonly T[];
}

export interface Column<T> {
  readonly title: string;
  /** Of one item, of the rest together, or of all. */
  readonly cell: (items: readonly T[]) => string;
}

export function rank<T extends { readonly name: string }>(
  items: readonly T[],
  { size, limit }: { size: (item: T) => number; limit: number },
): Ranking<T> {
  const sorted = [...items].sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
  return { shown: sorted.slice(0, limit), rest: sorted.slice(limit) };
}

/** A row an item, one for the rest together, and the total: what is left out of the table is still in its sum. */
export function rankedTable<T extends { readonly name: string }>(
  title: string,
  { shown, rest }: Ranking<T>,
  columns: readonly Column<T>[],
): Table {
  const row = (name: string, items: readonly T[]) => [name, ...columns.map(({ cell }) => cell(items))];
  const all = [...shown, ...rest];
  return {
    header: [title, ...columns.map((column) => column.title)],
    rows: [
      ...shown.map((item) => row(item.name, [item])),
      ...(rest.length > 0 ? [row(`… ${rest.length} more`, rest)] : []),
      ...(all.length > 1 ? [row('Total', all)] : []),
    ],
  };
}
