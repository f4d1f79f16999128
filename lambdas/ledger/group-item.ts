import { createHash, randomUUID } from 'node:crypto';
import { type GroupName, groupId } from '../metrics/group';
import type { Item } from './store';

/** A group at a sink. */
export interface RecordedGroup extends GroupName {
  /** The id of the sink. */
  readonly sink: string;
}

/** The runs whose groups are recorded. */
interface Owner {
  readonly accountId: string;
  readonly collector: string;
}

/** Returns the item of a group at a sink. */
export function groupItem(owner: Owner, { sink, job, groupingKey }: RecordedGroup): Item {
  const group = { sink, job, groupingKey };
  return {
    account: owner.accountId,
    item: groupKey(owner, group),
    version: randomUUID(),
    data: JSON.stringify(group),
  };
}

/** Returns the name of a group's item. Names that DynamoDB would refuse contain a hash instead of the group. */
export function groupKey({ collector }: Owner, { sink, ...group }: RecordedGroup): string {
  const id = groupId(group);
  const key = `${ownedBy(collector)}${sink}/${id}`;
  if (Buffer.byteLength(key) <= KEY_BYTES) return key;
  return `${ownedBy(collector)}${sink}/${createHash('sha256').update(id).digest('hex')}`;
}

/** DynamoDB's limit for a sort key. */
const KEY_BYTES = 1024;

/** Returns the start of the names of a collector's groups. */
export function ownedBy(collector: string): string {
  return `${collector}/`;
}

/** Returns the collector of a run's item or a group's; undefined for other items, which have a space in their names. */
export function collectorOf({ item }: Item): string | undefined {
  return /^[^/ ]+(?=\/|$)/.exec(item)?.[0];
}

/** Reports whether an item is one of a group. The names of other items have no slash, or a space before it. */
export function isGroup({ item }: Item): boolean {
  return /^[^/ ]+\//.test(item);
}
