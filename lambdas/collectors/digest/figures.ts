import type { Table } from './report';

const USD = { style: 'currency', currency: 'USD' } as const;

// "negative" leaves the sign off what rounds to zero
const AMOUNT = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'negative' });
const CHANGE = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'exceptZero' });
const SHARE = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** Nothing is known: a missing amount is not 0. */
export const UNKNOWN = '–';

export function amount(usd: number | undefined): string {
  return usd === undefined ? UNKNOWN : AMOUNT.format(usd);
}

/** With its sign. */
export function change(usd: number): string {
  return CHANGE.format(usd);
}

export function percent(share: number): string {
  return SHARE.format(share);
}

/** Of what is known; undefined where nothing is. Floats, so that what additions smear behind the sixth decimal goes. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((usd) => usd !== undefined);
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((sum, usd) => sum + usd, 0) * 1e6) / 1e6;
}

/** Some items, largest first, and the rest of them. */
interface Ranking<T> {
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
