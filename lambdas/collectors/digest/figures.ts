import type { Table } from './report';

const USD = { style: 'currency', currency: 'USD' } as const;

// "negative" omits the sign of an amount that rounds to zero.
const AMOUNT = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'negative' });
const CHANGE = new Intl.NumberFormat('en-US', { ...USD, signDisplay: 'exceptZero' });
const SHARE = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** The text of an unknown amount, which is not 0. */
export const UNKNOWN = '–';

/** Formats an amount in USD; an unknown amount is a dash. */
export function amount(usd: number | undefined): string {
  return usd === undefined ? UNKNOWN : AMOUNT.format(usd);
}

/** Formats an amount with its sign. */
export function change(usd: number): string {
  return CHANGE.format(usd);
}

/** Formats a fraction as a percentage. */
export function percent(share: number): string {
  return SHARE.format(share);
}

/** Returns the sum of the known amounts, undefined without any. Values are floats; rounds away addition error beyond six decimals. */
export function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((usd) => usd !== undefined);
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((sum, usd) => sum + usd, 0) * 1e6) / 1e6;
}

/** The shown items, the largest first, and the remaining items. */
interface Ranking<T> {
  readonly shown: readonly T[];
  readonly rest: readonly T[];
}

/** A column of figures in a table. */
export interface Column<T> {
  readonly title: string;
  /** Formats the value of one item, of the remaining items together, or of all. */
  readonly cell: (items: readonly T[]) => string;
}

/** Returns the `limit` largest items and the others. Items of equal size are sorted by name. */
export function rank<T extends { readonly name: string }>(
  items: readonly T[],
  { size, limit }: { size: (item: T) => number; limit: number },
): Ranking<T> {
  const sorted = [...items].sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1));
  return { shown: sorted.slice(0, limit), rest: sorted.slice(limit) };
}

/** Returns a row per shown item, one for the remaining items together, and the total of all. */
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
