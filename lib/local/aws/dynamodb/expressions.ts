import { invalid } from '../failure';
import { objectOf, type Reader } from '../shape';
import { attributeValue, type LedgerItem } from './item';

/** An expression of the API with its placeholders. */
interface Given {
  readonly expression: string;
  readonly names: unknown;
  readonly values: unknown;
}

interface Expression {
  /** The attribute behind each placeholder of a name. */
  readonly names: Readonly<Record<string, string>>;
  /** Placeholders of values. */
  readonly values: readonly string[];
  matches(item: LedgerItem, values: LedgerItem): boolean;
}

/** The condition of a query: it reads one account. */
export const KEY_CONDITIONS: Expressions = {
  '#account = :account': {
    names: { '#account': 'account' },
    values: [':account'],
    matches: ({ account }, values) => account === values[':account'],
  },
};

/** The conditions of a write. An item that does not exist is an item without attributes. */
export const WRITE_CONDITIONS: Expressions = {
  'attribute_not_exists(#version)': {
    names: { '#version': 'version' },
    values: [],
    matches: ({ version }) => version === undefined,
  },
  '#version = :version': {
    names: { '#version': 'version' },
    values: [':version'],
    matches: ({ version }, values) => version !== undefined && version === values[':version'],
  },
};

type Expressions = Readonly<Record<string, Expression>>;

/**
 * Returns the test of an expression.
 * @param name The parameter, for errors.
 */
export function testOf(
  known: Expressions,
  name: string,
  { expression, names, values }: Given,
): (item: LedgerItem) => boolean {
  const found = known[expression];
  if (!found)
    throw invalid(
      `${name}: expected one of ${Object.keys(known).join(' | ')}, got ${JSON.stringify(expression)}`,
    );
  checkNames(found, names);
  const bound = boundValues(found, values);
  return (item) => found.matches(item, bound);
}

/** Throws a ValidationException for a placeholder that is missing, and for one that the expression does not use. */
function checkNames({ names: expected }: Expression, given: unknown): void {
  if (JSON.stringify(given) === JSON.stringify(expected)) return;
  throw invalid(
    `ExpressionAttributeNames: expected ${JSON.stringify(expected)}, got ${JSON.stringify(given)}`,
  );
}

function boundValues({ values: expected }: Expression, given: unknown): LedgerItem {
  if (given === undefined && expected.length === 0) return {};
  const values = objectOf(given, 'ExpressionAttributeValues');
  if (Object.keys(values).join() !== expected.join() || expected.length === 0)
    throw invalid(
      `ExpressionAttributeValues: expected ${expected.join(', ') || 'no values'}, got ${Object.keys(values).join(', ') || 'no values'}`,
    );
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      attributeValue(value, `ExpressionAttributeValues.${name}`),
    ]),
  );
}

/** Reads any value, which another function checks. */
export const anything: Reader<unknown> = (value) => value;
