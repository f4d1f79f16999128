import { LEDGER_KEY } from '../../../../lambdas/catalog/ledger';
import { invalid } from '../failure';
import { objectOf, path, type Reader, structure, text } from '../shape';

/** An item of the ledger's table. Its attributes are strings. */
export type LedgerItem = Readonly<Record<string, string>>;

/** The items of the ledger's table by their keys. */
export type LedgerItems = Map<string, LedgerItem>;

/** The key of an item. */
export type Key = Readonly<Record<(typeof KEY_NAMES)[number], string>>;

const { partition: PARTITION, sort: SORT } = LEDGER_KEY;
const KEY_NAMES = [PARTITION, SORT] as const;

const readString = structure<{ readonly S: string }>({ S: text });

/** Reads `{"S": "…"}`. The ledger has no other type. */
export const attributeValue: Reader<string> = (value, where) => readString(value, where).S;

const attributes: Reader<LedgerItem> = (value, where) =>
  Object.fromEntries(
    Object.entries(objectOf(value, where)).map(([name, given]) => [
      name,
      attributeValue(given, path(where, name)),
    ]),
  );

/** Reads a complete key without other attributes. */
export const key: Reader<Key> = (value, where) => {
  const given = attributes(value, where);
  if (Object.keys(given).sort().join() !== [...KEY_NAMES].sort().join())
    throw invalid('The provided key element does not match the schema');
  return keyOf(given);
};

/** Reads an item with its key. */
export const item: Reader<LedgerItem> = (value, where) => {
  const given = attributes(value, where);
  keyOf(given);
  if (bytesOf(given) > ITEM_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
  return given;
};

const ITEM_BYTES = 400 * 1024;

/** Returns the bytes that DynamoDB counts: those of the names and of the values. */
export function bytesOf(given: LedgerItem): number {
  return Object.entries(given).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

/** Returns the key of an item. Throws a ValidationException when an attribute of it is missing, empty or too long. */
export function keyOf(given: LedgerItem): Key {
  return { [PARTITION]: keyPart(given, PARTITION, 2048), [SORT]: keyPart(given, SORT, 1024) };
}

function keyPart(given: LedgerItem, name: keyof Key, most: number): string {
  const value = given[name];
  if (value === undefined)
    throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
  if (value === '')
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  if (Buffer.byteLength(value) > most)
    throw invalid(
      `One or more parameter values were invalid: Size of key ${name} has exceeded the maximum size limit of ${most} bytes`,
    );
  return value;
}

/** Returns the key as one string. */
export function idOf(given: Key): string {
  return JSON.stringify(KEY_NAMES.map((name) => given[name]));
}

/** Orders items of one partition as DynamoDB does: by the bytes of the sort key. */
export function bySortKey(a: LedgerItem, b: LedgerItem): number {
  return Buffer.compare(Buffer.from(a[SORT] ?? ''), Buffer.from(b[SORT] ?? ''));
}

/** Returns the item with the types of the API. */
export function wire(given: LedgerItem): Readonly<Record<string, { readonly S: string }>> {
  return Object.fromEntries(Object.entries(given).map(([name, S]) => [name, { S }]));
}
