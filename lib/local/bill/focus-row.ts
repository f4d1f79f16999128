import Big from 'big.js';
import { UserError } from '../../user-error';
import { BILL_ACCOUNT_ID, type Charge, NO_REGION } from './bill';
import { isDay } from './day';

/** The FOCUS 1.x columns that a bill is read from. An export may have more, in any order. */
export const COLUMNS = [
  'BilledCost',
  'BillingCurrency',
  'ChargeCategory',
  'ChargePeriodStart',
  'ProviderName',
  'RegionId',
  'ResourceId',
  'ServiceName',
  'Tags',
] as const;

/** Columns that are read when the export has them. */
export const OPTIONAL_COLUMNS = ['ConsumedQuantity', 'ConsumedUnit', 'EffectiveCost', 'x_UsageType'] as const;

/** A column that is read. */
export type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number];

/** Reads one cell. Its error says what was expected. */
type CellReader = (text: string) => string;

/** One row of an export: its cells by column, and its position for messages. */
export interface FocusRow {
  /** Empty when the export lacks the column. */
  readonly cells: Readonly<Record<Column, string>>;
  /** File and line: `bill.csv:12`. */
  readonly where: string;
}

/** Returns the charge of an AWS row. Throws a UserError with file, line, column, the expectation and the actual value. */
export function chargeOf(row: FocusRow): Charge {
  required(row, 'BillingCurrency', usd);
  const billed = required(row, 'BilledCost', decimal);
  return {
    accountId: BILL_ACCOUNT_ID,
    day: required(row, 'ChargePeriodStart', day),
    service: costExplorerService(required(row, 'ServiceName', asItIs)),
    region: optional(row, 'RegionId') ?? NO_REGION,
    resourceId: optional(row, 'ResourceId') ?? '',
    tags: tagsOf(row),
    usd: billed,
    effectiveUsd: optional(row, 'EffectiveCost', decimal) ?? billed,
    recordType: required(row, 'ChargeCategory', oneOf(CHARGE_CATEGORIES)),
    usageType: optional(row, 'x_UsageType') ?? '',
    quantity: optional(row, 'ConsumedQuantity', decimal) ?? '0',
    unit: optional(row, 'ConsumedUnit') ?? '',
  };
}

/** Returns the cloud that the row belongs to. */
export function providerOf(row: FocusRow): string {
  return required(row, 'ProviderName', asItIs);
}

/** The values of FOCUS 1.x. Cost Explorer uses the same names for those that it has. */
const CHARGE_CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;

/** Services that Cost Explorer names differently from AWS's FOCUS exports. */
const COST_EXPLORER_SERVICES: ReadonlyMap<string, string> = new Map([
  ['Amazon Elastic Compute Cloud', 'Amazon Elastic Compute Cloud - Compute'],
  ['Elastic Load Balancing', 'Amazon Elastic Load Balancing'],
]);

function costExplorerService(focusService: string): string {
  return COST_EXPLORER_SERVICES.get(focusService) ?? focusService;
}

const asItIs: CellReader = (text) => text;

const usd: CellReader = (text) => {
  if (text !== 'USD') throw new Error('expected USD');
  return text;
};

/** FOCUS allows an exponent; two digits are enough for money. */
const decimal: CellReader = (text) => {
  if (!/^[+-]?\d+(\.\d+)?(E[+-]?\d{1,2})?$/i.test(text)) throw new Error('expected a decimal number');
  return new Big(text.replace(/^\+/, '')).toFixed();
};

/** FOCUS times are UTC, with or without a zone. */
const TIME = /^(\d{4}-\d{2}-\d{2})([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?( ?(Z|UTC))?)?$/;

const day: CellReader = (text) => {
  const [, date = ''] = TIME.exec(text) ?? [];
  if (!isDay(date)) throw new Error('expected a UTC time such as 2024-09-30 22:00:00');
  return date;
};

function oneOf(values: readonly string[]): CellReader {
  return (text) => {
    if (!values.includes(text)) throw new Error(`expected one of ${values.join(', ')}`);
    return text;
  };
}

function tagsOf(row: FocusRow): Record<string, string> {
  const text = optional(row, 'Tags');
  if (text === undefined) return {};
  const tags = parsed(text);
  if (isTexts(tags)) return tags;
  throw mistake(row, 'Tags', { expected: 'expected a JSON object of strings', got: text });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is Record<string, string> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every((member) => typeof member === 'string');
}

function required(row: FocusRow, column: Column, read: CellReader): string {
  const value = optional(row, column, read);
  if (value !== undefined) return value;
  throw mistake(row, column, { expected: 'expected a value', got: row.cells[column] });
}

/** Returns undefined for an absent value: NULL in FOCUS, an empty cell in many tools. */
function optional(row: FocusRow, column: Column, read = asItIs): string | undefined {
  const text = row.cells[column];
  if (text === '' || text === 'NULL') return undefined;
  try {
    return read(text);
  } catch (error) {
    throw mistake(row, column, { expected: (error as Error).message, got: text });
  }
}

function mistake(
  { where }: FocusRow,
  column: Column,
  { expected, got }: { expected: string; got: string },
): Error {
  return new UserError(`${where}: ${column}: ${expected}, got "${got}"`);
}
