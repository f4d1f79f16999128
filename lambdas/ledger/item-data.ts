import * as v from 'valibot';
import type { RecordedGroup } from './group-item';
import type { RunItem } from './run-item';
import type { Item } from './store';

/**
 * Returns the run in its item.
 * @throws Error that names the item if it holds anything else.
 */
export function runIn(item: Item): RunItem {
  return dataOf<RunItem>(item, RUN, 'a run');
}

/**
 * Returns the group in its item.
 * @throws Error that names the item if it holds anything else.
 */
export function groupIn(item: Item): RecordedGroup {
  return dataOf<RecordedGroup>(item, GROUP, 'a group');
}

const TEXT = v.string();

const RUN = v.object({
  scheduledTime: v.pipe(TEXT, v.isoTimestamp()),
  outcome: TEXT,
  failures: v.array(v.object({ part: TEXT, reason: TEXT, message: TEXT })),
  covers: v.array(TEXT),
  recordedSinks: v.array(TEXT),
  unavailableSince: v.record(TEXT, TEXT),
});

const GROUP = v.object({ sink: TEXT, job: TEXT, groupingKey: v.record(TEXT, TEXT) });

function dataOf<T>({ account, item, data }: Item, schema: v.GenericSchema, expected: string): T {
  const value = parsed(data);
  if (v.is(schema, value)) return value as T;
  throw new Error(
    `expected ${expected} in the item "${item}" of account ${account}, got ${data.length} characters of another form: delete the item from the ledger's table`,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
