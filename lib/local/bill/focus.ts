import { createReadStream } from 'node:fs';
import * as path from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { UserError } from '../../user-error';
import { BILL_ACCOUNT_ID, type Bill, type Charge } from './bill';
import { addDays, midnight } from './day';
import { inventory, regionsOf } from './focus-inventory';
import { COLUMNS, type Column, chargeOf, type FocusRow, OPTIONAL_COLUMNS, providerOf } from './focus-row';

/**
 * Reads a FOCUS 1.x CSV export as the bill of one account, at the end of its last day of AWS charges. The notes count
 * the rows of other clouds.
 * @throws UserError with file, line, column, the expectation and the actual value; also when the file has no row of
 * AWS.
 */
export async function readFocusBill(file: string): Promise<Bill> {
  const charges: Charge[] = [];
  const skipped = new Map<string, number>();
  for await (const row of rows(file)) {
    const provider = providerOf(row);
    if (provider === 'AWS') charges.push(chargeOf(row));
    else skipped.set(provider, (skipped.get(provider) ?? 0) + 1);
  }
  return {
    accountId: BILL_ACCOUNT_ID,
    accountName: path.basename(file, path.extname(file)),
    state: 'ACTIVE',
    asOf: endOfLastDay(file, charges),
    charges,
    users: [],
    resources: inventory(charges, BILL_ACCOUNT_ID),
    roles: [],
    instances: [],
    enabledRegions: regionsOf(charges),
    members: [],
    notes: notes(path.basename(file), charges.length, skipped),
  };
}

function endOfLastDay(file: string, charges: readonly Charge[]): Date {
  const last = charges.reduce((latest, { day }) => (day > latest ? day : latest), '');
  if (last === '')
    throw new UserError(`${file}: expected at least one row whose ProviderName is AWS, got none`);
  return midnight(addDays(last, 1));
}

function notes(name: string, ofAws: number, skipped: ReadonlyMap<string, number>): string[] {
  const others = [...skipped].map(([provider, count]) => `${provider} ${count}`).join(', ');
  return [
    `${name}: ${ofAws} rows of AWS, read as one account, ${BILL_ACCOUNT_ID}`,
    ...(others ? [`${name}: rows of other clouds skipped: ${others}`] : []),
    `${name}: a FOCUS export holds no IAM users, roles or instances, so there are none`,
  ];
}

/** Yields the rows below the header with the cells of the columns that are read. */
async function* rows(file: string): AsyncGenerator<FocusRow> {
  let header: Header | undefined;
  for await (const { fields, line } of records(file)) {
    const where = `${file}:${line}`;
    if (header) yield { where, cells: cellsOf(header, fields, where) };
    else header = readHeader(fields, where);
  }
  if (!header) throw new UserError(`${file}: expected a header and rows of CSV, got an empty file`);
}

interface CsvRecord {
  readonly fields: readonly string[];
  /** The line where the record ends: a quoted field may hold line breaks. */
  readonly line: number;
}

/** The record that csv-parse yields with the option `info`. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* records(file: string): AsyncGenerator<CsvRecord> {
  // We read the header ourselves, because csv-parse's messages about it name neither file nor column.
  const parser = parse({ bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true });
  const input = createReadStream(file).on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of input.pipe(parser) as AsyncIterable<Parsed>)
      yield { fields: record, line: info.lines };
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    input.destroy();
  }
}

/** Returns a UserError for an error of csv-parse or the file system, and other errors unchanged. */
function unreadable(file: string, error: unknown): unknown {
  if (error instanceof CsvError) return new UserError(malformed(file, error));
  const { code, message } = error as NodeJS.ErrnoException;
  const isTheFile = ['ENOENT', 'EISDIR', 'EACCES'].includes(code ?? '');
  return isTheFile ? new UserError(`${file}: expected a readable CSV file, got: ${message}`) : error;
}

/** Returns file, line and field of an error of csv-parse, with what was expected there. */
function malformed(file: string, { code, message, ...error }: CsvError): string {
  const { lines, column } = error as { readonly lines?: number; readonly column?: number };
  const [, character] = /got "(.)"/s.exec(message) ?? [];
  const problem = QUOTE_PROBLEMS.get(code) ?? { expected: 'a readable CSV file', got: message };
  const got = character === undefined ? problem.got : JSON.stringify(character);
  return `${file}:${lines}: field ${Number(column) + 1}: expected ${problem.expected}, got ${got}${advice(character)}`;
}

/** The problems with quotes, by the code of csv-parse. */
const QUOTE_PROBLEMS: ReadonlyMap<string, { readonly expected: string; readonly got: string }> = new Map([
  [
    'CSV_INVALID_CLOSING_QUOTE',
    { expected: 'a comma or a line end after the closing quote', got: 'another character' },
  ],
  ['INVALID_OPENING_QUOTE', { expected: 'no quote within an unquoted field', got: 'a quote' }],
  ['CSV_QUOTE_NOT_CLOSED', { expected: 'a closing quote', got: 'the end of the file' }],
]);

/** Delimiters of files that other tools export. */
const OTHER_DELIMITERS: ReadonlyMap<string, string> = new Map([
  [';', 'semicolons'],
  ['\t', 'tabs'],
  ['|', 'vertical bars'],
]);

function advice(character = ''): string {
  return OTHER_DELIMITERS.has(character) ? ': export the file with commas between the fields' : '';
}

interface Header {
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
}

function readHeader(names: readonly string[], where: string): Header {
  demandCommas(names, where);
  demandEachOnce(names, where);
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new UserError(
      `${where}: expected a FOCUS header with the columns ${missing.join(', ')}, got ${shortened(names.join(', '))}`,
    );
  return { width: names.length, at: byColumn((column) => names.indexOf(column)) };
}

/** Throws if the header is one field that contains another delimiter. */
function demandCommas(names: readonly string[], where: string): void {
  const [only = ''] = names;
  const [character, inWords] =
    [...OTHER_DELIMITERS].find(([delimiter]) => names.length === 1 && only.includes(delimiter)) ?? [];
  if (character !== undefined)
    throw new UserError(
      `${where}: expected a header with commas between the fields, got ${inWords}${advice(character)}`,
    );
}

/** Throws if a column is there twice, because neither of its values is known to be the right one. */
function demandEachOnce(names: readonly string[], where: string): void {
  const twice = ALL_COLUMNS.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (twice.length > 0)
    throw new UserError(`${where}: expected each column once, got ${twice.join(', ')} more than once`);
}

/** Shortens a line for an error, because a file of another kind may be one long line. */
function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function cellsOf({ width, at }: Header, fields: readonly string[], where: string): Record<Column, string> {
  if (fields.length !== width)
    throw new UserError(`${where}: expected ${width} fields as in the header, got ${fields.length}`);
  return byColumn((column) => fields[at[column]] ?? '');
}

const ALL_COLUMNS = [...COLUMNS, ...OPTIONAL_COLUMNS];

function byColumn<T>(value: (column: Column) => T): Record<Column, T> {
  return Object.fromEntries(ALL_COLUMNS.map((column) => [column, value(column)])) as Record<Column, T>;
}
