import { AwsFailure, invalid } from '../failure';
import type { CallContext, Input, Operation, Operations, Result } from '../operation';
import { listOf, objectOf, optional, type Reader, structure, text, unexpected } from '../shape';
import { anything, KEY_CONDITIONS, testOf, WRITE_CONDITIONS } from './expressions';
import {
  bySortKey,
  bytesOf,
  idOf,
  item,
  type Key,
  key,
  keyOf,
  type LedgerItem,
  type LedgerItems,
  wire,
} from './item';

/** The table of the ledger. */
export interface SimulatedLedger {
  /** The items. Several simulated AWSs that share them have one table. @default no items */
  readonly items?: LedgerItems;
  /** Most items on a page of a query. @default as many as 1 MB holds */
  readonly pageSize?: number;
  /** Most writes that a batch performs; it returns the others as unprocessed. @default all */
  readonly batchSize?: number;
}

/** The name of the table: its logical id in the template. */
export const LEDGER_TABLE = 'Ledger';

/**
 * Returns the operations on the ledger's table. They know the expressions and parameters that a ledger uses and refuse others.
 * @param home The account that has the table.
 */
export function dynamodb(
  { items = new Map(), pageSize = MOST, batchSize = MOST }: SimulatedLedger,
  home: string,
): Operations {
  const table = { home, items };
  return {
    'dynamodb:BatchWriteItem': onTable(table, batchWriteItem(items, batchSize), tableOfBatch),
    'dynamodb:GetItem': onTable(table, getItem(items), tableNamed),
    'dynamodb:PutItem': onTable(table, putItem(items), tableNamed),
    'dynamodb:Query': onTable(table, query(items, pageSize), tableNamed),
    'dynamodb:Scan': onTable(table, scan(items, pageSize), tableNamed),
  };
}

const MOST = Number.MAX_SAFE_INTEGER;

interface Table {
  readonly home: string;
  readonly items: LedgerItems;
}

interface TableOperation {
  answer(input: Input): Result;
  pageNumber?(input: Input): number;
}

/** Adds the table's ARN, which roles allow, and the refusal of other tables. */
function onTable(
  { home }: Table,
  { answer, pageNumber = () => 1 }: TableOperation,
  tableOf: (input: Input) => string,
): Operation {
  return {
    pageNumber,
    resourceOf: (input, { region, identity: { accountId } }) =>
      `arn:aws:dynamodb:${region}:${accountId}:table/${tableOf(input)}`,
    answer(input, { account: { accountId } }: CallContext) {
      if (accountId !== home || tableOf(input) !== LEDGER_TABLE)
        throw new AwsFailure('ResourceNotFoundException', 'Requested resource not found');
      return answer(input);
    },
  };
}

function tableNamed({ TableName }: Input): string {
  return text(TableName, 'TableName');
}

function tableOfBatch({ RequestItems }: Input): string {
  const [name, ...others] = Object.keys(objectOf(RequestItems, 'RequestItems'));
  if (name !== undefined && others.length === 0) return name;
  throw invalid(`RequestItems: expected one table, got ${others.length === 0 ? 'none' : 'several'}`);
}

/** Reads `true`: the ledger needs the newest items, and the simulation has no others. */
const consistent: Reader<true> = (value, where) => {
  if (value === true) return value;
  throw unexpected(where, 'true', value);
};

const readGet = structure({ TableName: text, Key: key, ConsistentRead: consistent });

function getItem(items: LedgerItems): TableOperation {
  return {
    answer(input) {
      const found = items.get(idOf(readGet(input, '').Key));
      return found ? { Item: wire(found) } : {};
    },
  };
}

const readPut = structure({
  TableName: text,
  Item: item,
  ConditionExpression: text,
  ExpressionAttributeNames: anything,
  ExpressionAttributeValues: anything,
});

function putItem(items: LedgerItems): TableOperation {
  return {
    answer(input) {
      const asked = readPut(input, '');
      const id = idOf(keyOf(asked.Item));
      const holds = testOf(WRITE_CONDITIONS, 'ConditionExpression', {
        expression: asked.ConditionExpression,
        names: asked.ExpressionAttributeNames,
        values: asked.ExpressionAttributeValues,
      });
      if (!holds(items.get(id) ?? {}))
        throw new AwsFailure('ConditionalCheckFailedException', 'The conditional request failed');
      items.set(id, asked.Item);
      return {};
    },
  };
}

const readQuery = structure({
  TableName: text,
  KeyConditionExpression: text,
  ExpressionAttributeNames: anything,
  ExpressionAttributeValues: anything,
  ConsistentRead: consistent,
  ExclusiveStartKey: optional(key),
});

/** Answers in pages. Like DynamoDB, it returns a key to continue from whenever a page is full, even if no item follows. */
function query(items: LedgerItems, pageSize: number): TableOperation {
  const pages = new Map<string, number>();
  const pageNumber = ({ ExclusiveStartKey: start }: Input) =>
    start === undefined ? 1 : (pages.get(idOf(key(start, 'ExclusiveStartKey'))) ?? 1);
  return {
    pageNumber,
    answer(input) {
      const { ExclusiveStartKey: start, ...asked } = readQuery(input, '');
      const isAsked = testOf(KEY_CONDITIONS, 'KeyConditionExpression', {
        expression: asked.KeyConditionExpression,
        names: asked.ExpressionAttributeNames,
        values: asked.ExpressionAttributeValues,
      });
      if (start && !isAsked(start))
        throw invalid('The provided starting key is outside query boundaries based on provided conditions');
      const found = [...items.values()].filter(isAsked).sort(bySortKey);
      const { page, isFull } = firstPage(start ? found.filter(follows(start)) : found, pageSize);
      const last = page.at(-1);
      if (!isFull || !last) return counted(page);
      pages.set(idOf(keyOf(last)), pageNumber(input) + 1);
      return { ...counted(page), LastEvaluatedKey: wire(keyOf(last)) };
    },
  };
}

const readScan = structure({ TableName: text, ConsistentRead: consistent, ExclusiveStartKey: optional(key) });

/** Answers with every item, in pages. */
function scan(items: LedgerItems, pageSize: number): TableOperation {
  return {
    answer(input) {
      const { ExclusiveStartKey: start } = readScan(input, '');
      const all = [...items].sort(([a], [b]) => (a < b ? -1 : 1));
      const rest = start ? all.filter(([id]) => id > idOf(start)) : all;
      const { page, isFull } = firstPage(
        rest.map(([, one]) => one),
        pageSize,
      );
      const last = page.at(-1);
      return { ...counted(page), ...(isFull && last && { LastEvaluatedKey: wire(keyOf(last)) }) };
    },
  };
}

function follows(start: Key): (candidate: LedgerItem) => boolean {
  return (candidate) => bySortKey(candidate, start) > 0;
}

function firstPage(found: readonly LedgerItem[], pageSize: number) {
  let bytes = 0;
  const end = found.findIndex((candidate, index) => {
    bytes += bytesOf(candidate);
    return bytes > PAGE_BYTES || index === pageSize;
  });
  const page = end < 0 ? found : found.slice(0, end);
  return { page, isFull: end >= 0 || page.length === pageSize };
}

const PAGE_BYTES = 1024 * 1024;

function counted(page: readonly LedgerItem[]): Result {
  return { Items: page.map(wire), Count: page.length, ScannedCount: page.length };
}

type Write =
  | { readonly PutRequest: { readonly Item: LedgerItem } }
  | { readonly DeleteRequest: { readonly Key: Key } };

const readPutRequest = structure({ PutRequest: structure({ Item: item }) });
const readDeleteRequest = structure({ DeleteRequest: structure({ Key: key }) });

const write: Reader<Write> = (value, where) =>
  'PutRequest' in objectOf(value, where) ? readPutRequest(value, where) : readDeleteRequest(value, where);

const readWrites = listOf(write, { least: 1, most: 25 });
const readBatch = structure({ RequestItems: objectOf });

function batchWriteItem(items: LedgerItems, batchSize: number): TableOperation {
  return {
    answer(input) {
      const [[table = '', requests] = []] = Object.entries(readBatch(input, '').RequestItems);
      const writes = readWrites(requests, `RequestItems.${table}`);
      if (new Set(writes.map(idOfWrite)).size < writes.length)
        throw invalid('Provided list of item keys contains duplicates');
      for (const each of writes.slice(0, batchSize)) perform(items, each);
      const left = (requests as unknown[]).slice(batchSize);
      return { UnprocessedItems: left.length > 0 ? { [table]: left } : {} };
    },
  };
}

function idOfWrite(each: Write): string {
  return idOf('PutRequest' in each ? keyOf(each.PutRequest.Item) : each.DeleteRequest.Key);
}

function perform(items: LedgerItems, each: Write): void {
  if ('PutRequest' in each) items.set(idOfWrite(each), each.PutRequest.Item);
  else items.delete(idOfWrite(each));
}
