import type { InstantSeries } from './prometheus';

/** The value of a cell; null if it is missing. */
export type Value = string | number | null;

/** A column. */
export interface Field {
  readonly name: string;
  readonly values: readonly Value[];
}

/** Columns of equal length. */
export type Frame = readonly Field[];

/** Returns an instant query's answer in Grafana's table format: time, labels, value. */
export function toFrame(series: readonly InstantSeries[], valueName: string): Frame {
  if (series.length === 0) return [];
  const labels = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort();
  return [
    { name: 'Time', values: series.map(({ time }) => time) },
    ...labels.map((name) => ({ name, values: series.map(({ labels }) => labels[name] ?? '') })),
    { name: valueName, values: series.map(({ value }) => value) },
  ];
}

/** Returns the number of rows. */
export function lengthOf(frame: Frame): number {
  return frame[0]?.values.length ?? 0;
}

/** Returns the column with the name. */
export function fieldOf(frame: Frame, name: string): Field | undefined {
  return frame.find((field) => field.name === name);
}

/** Returns the rows at the indices, in their order. */
export function pick(frame: Frame, rows: readonly number[]): Frame {
  return frame.map(({ name, values }) => ({ name, values: rows.map((row) => values[row] ?? null) }));
}

/** Reports whether the column has numbers and no strings. */
export function isNumeric({ values }: Field): boolean {
  return (
    values.some((value) => typeof value === 'number') && !values.some((value) => typeof value === 'string')
  );
}

/** Returns row numbers ordered by the field; missing values come last. */
export function order({ values }: Field, descending: boolean): number[] {
  return values.map((_, row) => row).sort((a, b) => compare(values[a], values[b], descending ? -1 : 1));
}

function compare(a: Value | undefined, b: Value | undefined, sign: number): number {
  if (a == null || b == null) return Number(a == null) - Number(b == null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}
