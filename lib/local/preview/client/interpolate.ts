import type { Variable } from './model';
import { ALL, type Selection } from './selection';

/** Returns the values of `${name}`; undefined for an unknown name. */
type Lookup = (name: string) => readonly string[] | undefined;
type Format = (values: readonly string[], name: string) => string;

/** Values that `$name` may stand for. */
export interface Scope {
  readonly variables: readonly Variable[];
  readonly selection: Selection;
}

/** A cell, for the links of its column. */
export interface Cell {
  readonly raw: string;
  readonly text: string;
  /** The other cells of the row by column title. */
  readonly row: Readonly<Record<string, string>>;
}

/** Fills in a query. A variable that may have several values becomes a regular expression. */
export function inExpression(expr: string, { variables, selection }: Scope): string {
  const patterns: Lookup = (name) => {
    const variable = variables.find((one) => one.name === name);
    return variable && [pattern(variable, selection.values[name] ?? [])];
  };
  return fill(expr, patterns, FORMATS.raw as Format);
}

/** Fills in a title; a selection of all values reads `All`. */
export function inTitle(title: string, { selection }: Scope): string {
  const words: Lookup = (name) => selection.values[name]?.map((value) => (value === ALL ? 'All' : value));
  return fill(title, words, FORMATS.text as Format);
}

/** Fills in a link; each part is percent-encoded as the model asks. */
export function inUrl(url: string, { selection }: Scope, { raw, text, row }: Cell): string {
  const { from, to } = selection;
  const known: Readonly<Record<string, readonly string[]>> = {
    ...selection.values,
    datasource: [],
    '__value.raw': [raw],
    '__value.text': [text],
    ...Object.fromEntries(
      Object.entries(row).flatMap(([title, value]) => fieldNames(title).map((n) => [n, [value]])),
    ),
  };
  const range = new URLSearchParams({ from, to }).toString();
  const withRange = url.replaceAll(/\$\{__url_time_range\}|\$__url_time_range\b/g, () => range);
  return fill(withRange, (name) => known[name], FORMATS.raw as Format);
}

function fieldNames(title: string): string[] {
  return [`__data.fields.${title}`, `__data.fields["${title}"]`, `__data.fields['${title}']`];
}

const FORMATS: Readonly<Record<string, Format>> = {
  raw: (values) => values.join(','),
  text: (values) => values.join(' + '),
  percentencode: (values) => encodeURIComponent(values.join(',')),
  queryparam: (values, name) => values.map((value) => `var-${name}=${encodeURIComponent(value)}`).join('&'),
  pipe: (values) => values.join('|'),
};

/** Matches `$name`, `${name}` and `${name:format}`. */
const REFERENCE = /\$(?:(\w+)|\{([^}:]+)(?::([^}]*))?\})/g;

function fill(text: string, lookup: Lookup, standard: Format): string {
  return text.replace(REFERENCE, (reference, plain, braced, format) => {
    const name = plain ?? braced;
    const values = lookup(name);
    if (!values) return reference;
    return (format ? formatNamed(format, reference) : standard)(values, name);
  });
}

function formatNamed(name: string, reference: string): Format {
  const format = FORMATS[name];
  if (!format)
    throw new Error(`expected one of the formats ${Object.keys(FORMATS).join(', ')}, got ${reference}`);
  return format;
}

function pattern({ multi, includeAll, allValue = '.*' }: Variable, values: readonly string[]): string {
  if (values.includes(ALL)) return allValue;
  if (!multi && !includeAll) return quoted(values.join(','));
  const escaped = values.map((value) => quoted(value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
  return escaped.length === 1 ? escaped.join() : `(${escaped.join('|')})`;
}

/** Escapes a string for use inside a PromQL string. */
function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
