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

/** Adds the file to an error of csv-parse or the file system. */
function unreadable(file: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const isTheFile = error instanceof CsvError || ['ENOENT', 'EISDIR', 'EACCES'].includes(code ?? '');
  return isTheFile ? new UserError(`${file}: expected a readable CSV file, got: ${message}`) : error;
}

interface Header {
  readonly width: number;
  readonly at: Readonly<Record<Column, number>>;
}

function readHeader(names: readonly string[], where: string): Header {
  const missing = COLUMNS.filter((column) => !names.includes(column));
  if (missing.length > 0)
    throw new UserError(
      `${where}: expected a FOCUS header with the columns ${missing.join(', ')}, got ${shortened(names.join(', '))}`,
    );
  return { width: names.length, at: byColumn((column) => names.indexOf(column)) };
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
