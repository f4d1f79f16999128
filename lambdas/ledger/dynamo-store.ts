import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { timeoutSignal } from '../timeout-signal';
import type { Item, LedgerStore } from './store';

interface DynamoStoreOptions {
  readonly client: DynamoDBClient;
  /** Name of the table. */
  readonly table: string;
  /** Ends every call. */
  readonly signal: AbortSignal;
  /** Resolves after the milliseconds. @default real time */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

/** Keeps the items in a DynamoDB table. Reads are consistent. */
export function dynamoStore({
  client,
  table: TableName,
  signal,
  sleep = setTimeout,
}: DynamoStoreOptions): LedgerStore {
  const patience = () => ({ abortSignal: AbortSignal.any([signal, timeoutSignal(CALL_MS)]) });
  return {
    async list(account) {
      const items: Item[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const query = new QueryCommand({
          TableName,
          ...ofAccount(account),
          ExclusiveStartKey,
          ConsistentRead: true,
        });
        const { Items, LastEvaluatedKey } = await client.send(query, patience());
        items.push(...demand('Query', { Items }).map(itemOf));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return items;
    },

    async get(account, item) {
      const command = new GetItemCommand({ TableName, Key: keyOf(account, item), ConsistentRead: true });
      const { Item } = await client.send(command, patience());
      return Item && itemOf(Item);
    },

    async put(item, expected) {
      try {
        await client.send(
          new PutItemCommand({ TableName, Item: attributesOf(item), ...still(expected) }),
          patience(),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async change(account, { puts, deletes }) {
      const requests: WriteRequest[] = [
        ...puts.map((item) => ({ PutRequest: { Item: attributesOf(item) } })),
        ...deletes.map((item) => ({ DeleteRequest: { Key: keyOf(account, item) } })),
      ];
      for (let i = 0; i < requests.length; i += BATCH)
        await writeAll(requests.slice(i, i + BATCH), {
          sleep,
          write: (some) =>
            client
              .send(new BatchWriteItemCommand({ RequestItems: { [TableName]: some } }), patience())
              .then(
                ({ UnprocessedItems }) => demand('BatchWriteItem', { UnprocessedItems })[TableName] ?? [],
              ),
        });
    },
  };
}

/**
 * Returns a member that every answer of DynamoDB has.
 * @throws Error for an answer without it, which would read as an empty ledger.
 */
function demand<T>(operation: string, member: Readonly<Record<string, T | undefined>>): T {
  const [[name, value] = []] = Object.entries(member);
  if (value !== undefined) return value;
  throw new Error(`DynamoDB ${operation}: expected ${name}, got an answer without it`);
}

/** The ledger is small and near. A table that cannot be reached must not use up the time of the run. */
const CALL_MS = 10_000;

/** Items of one BatchWriteItem (DynamoDB API). */
const BATCH = 25;

interface Writing extends Required<Pick<DynamoStoreOptions, 'sleep'>> {
  /** Returns the requests that DynamoDB left over. */
  readonly write: (some: WriteRequest[]) => Promise<WriteRequest[]>;
}

/**
 * Writes the requests, and again those that DynamoDB left over, after pauses that double.
 * @throws Error if requests are left after the longest pause.
 */
async function writeAll(requests: readonly WriteRequest[], { write, sleep }: Writing): Promise<void> {
  for (let left = await write([...requests]), wait = FIRST_WAIT_MS; left.length > 0; wait *= 2) {
    if (wait > LONGEST_WAIT_MS)
      throw new Error(`ledger: expected DynamoDB to write all items, got ${left.length} left over`);
    await sleep(wait);
    left = await write(left);
  }
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_600;

function ofAccount(account: string) {
  return {
    KeyConditionExpression: '#account = :account',
    ExpressionAttributeNames: { '#account': 'account' },
    ExpressionAttributeValues: { ':account': { S: account } },
  };
}

function still(expected: string | undefined) {
  const names = { ExpressionAttributeNames: { '#version': 'version' } };
  if (expected === undefined) return { ...names, ConditionExpression: 'attribute_not_exists(#version)' };
  return {
    ...names,
    ConditionExpression: '#version = :version',
    ExpressionAttributeValues: { ':version': { S: expected } },
  };
}

function keyOf(account: string, item: string) {
  return { account: { S: account }, item: { S: item } };
}

function attributesOf({ account, item, version, data }: Item) {
  return { ...keyOf(account, item), version: { S: version }, data: { S: data } };
}

function itemOf(attributes: Record<string, AttributeValue>): Item {
  const text = (name: keyof Item) => {
    const { S } = attributes[name] ?? {};
    if (S !== undefined) return S;
    throw new Error(
      `expected the string ${name} in the item "${attributes.item?.S}" of account ${attributes.account?.S}, got none: delete the item from the ledger's table`,
    );
  };
  return { account: text('account'), item: text('item'), version: text('version'), data: text('data') };
}
