import { type Field, type Frame, fieldOf, isNumeric, lengthOf, order, pick, type Value } from './frame';
import type { Transformation } from './model';

type Transform = (frames: readonly Frame[], options: never) => readonly Frame[];

/** The transformations that the dashboards use, by their Grafana ids. */
export const TRANSFORMATIONS: Readonly<Record<string, Transform>> = {
  merge: (frames) => [merge(frames)],
  organize: each(organize),
  groupingToMatrix: each(groupingToMatrix),
  calculateField: each(rowSum),
  sortBy: each(sortBy),
  limit: each((frame, { limitField }: { limitField: number }) =>
    frame.map(({ name, values }) => ({ name, values: values.slice(0, limitField) })),
  ),
};

/** Applies transformations in order. Unknown ones are skipped; the panel names them. */
export function transform(
  frames: readonly Frame[],
  transformations: readonly Transformation[] = [],
): readonly Frame[] {
  return transformations.reduce(
    (done, { id, options }) => TRANSFORMATIONS[id]?.(done, options as never) ?? done,
    frames,
  );
}

function each<O>(one: (frame: Frame, options: O) => Frame) {
  return (frames: readonly Frame[], options: O) => frames.map((frame) => one(frame, options));
}

/** Merges rows that agree in every column shared by several frames. */
function merge(frames: readonly Frame[]): Frame {
  const names = [...new Set(frames.flatMap((frame) => frame.map(({ name }) => name)))];
  const shared = names.filter((name) => frames.filter((frame) => fieldOf(frame, name)).length > 1);
  const rows: Map<string, Value>[] = [];
  const byKey = new Map<string, Map<string, Value>[]>();
  for (const row of frames.flatMap(toRows)) {
    const key = JSON.stringify(shared.map((name) => row.get(name) ?? null));
    const alike = byKey.get(key) ?? [];
    const open = alike.find((other) =>
      [...row.keys()].every((name) => shared.includes(name) || !other.has(name)),
    );
    if (open) {
      for (const [name, value] of row) open.set(name, value);
    } else {
      rows.push(row);
      byKey.set(key, [...alike, row]);
    }
  }
  return names.map((name) => ({ name, values: rows.map((row) => row.get(name) ?? null) }));
}

function toRows(frame: Frame): Map<string, Value>[] {
  return Array.from(
    { length: lengthOf(frame) },
    (_, row) => new Map(frame.map(({ name, values }) => [name, values[row] ?? null])),
  );
}

interface OrganizeOptions {
  readonly excludeByName?: Readonly<Record<string, boolean>>;
  readonly indexByName?: Readonly<Record<string, number>>;
  readonly renameByName?: Readonly<Record<string, string>>;
}

function organize(
  frame: Frame,
  { excludeByName = {}, indexByName = {}, renameByName = {} }: OrganizeOptions,
): Frame {
  const index = ({ name }: Field) => indexByName[name] ?? Number.MAX_SAFE_INTEGER;
  return [...frame]
    .filter(({ name }) => !excludeByName[name])
    .sort((a, b) => index(a) - index(b))
    .map(({ name, values }) => ({ name: renameByName[name] || name, values }));
}

interface MatrixOptions {
  readonly rowField: string;
  readonly columnField: string;
  readonly valueField: string;
}

function groupingToMatrix(frame: Frame, { rowField, columnField, valueField }: MatrixOptions): Frame {
  const [rows, columns, values] = [rowField, columnField, valueField].map(
    (name) => fieldOf(frame, name)?.values,
  );
  if (!rows || !columns || !values) return [];
  const cells = new Map(rows.map((row, i) => [JSON.stringify([row, columns[i]]), values[i] ?? null]));
  const names = [...new Set(rows)];
  return [
    { name: `${rowField}\\${columnField}`, values: names },
    ...[...new Set(columns)].map((column) => ({
      name: String(column),
      values: names.map((row) => cells.get(JSON.stringify([row, column])) ?? null),
    })),
  ];
}

function rowSum(frame: Frame, { alias }: { alias: string }): Frame {
  const numbers = frame.filter(isNumeric);
  const values = Array.from({ length: lengthOf(frame) }, (_, row) =>
    numbers.reduce((sum, field) => sum + Number(field.values[row] ?? 0), 0),
  );
  return frame.length > 0 ? [...frame, { name: alias, values }] : frame;
}

function sortBy(
  frame: Frame,
  { sort }: { sort: readonly { readonly field: string; readonly desc?: boolean }[] },
): Frame {
  const by = fieldOf(frame, sort[0]?.field ?? '');
  return by ? pick(frame, order(by, sort[0]?.desc ?? false)) : frame;
}
