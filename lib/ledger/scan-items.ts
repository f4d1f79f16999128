import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../lambdas/ledger/store';

/** Returns every item of a ledger's table. Functions read one account at a time and have no permission for this. */
export async function scanItems(client: DynamoDBClient, table: string): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const command = new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey });
    const { Items, LastEvaluatedKey } = await client.send(command);
    if (!Items) throw new Error('DynamoDB Scan: expected Items, got an answer without it');
    items.push(...Items.map(itemOf));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

function itemOf(attributes: Record<string, AttributeValue>): Item {
  const text = (name: keyof Item) => {
    const { S } = attributes[name] ?? {};
    if (S !== undefined) return S;
    throw new Error(
      `expected the string ${name} in every item, got an item without it: is this the table of a ledger?`,
    );
  };
  return { account: text('account'), item: text('item'), version: text('version'), data: text('data') };
}
