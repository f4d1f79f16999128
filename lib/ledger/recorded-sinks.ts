import { isGroup } from '../../lambdas/ledger/group-item';
import { groupIn, runIn } from '../../lambdas/ledger/item-data';
import { markOf } from '../../lambdas/ledger/left-behind';
import { seriesMemory } from '../../lambdas/ledger/series-memory';
import type { Item, LedgerStore } from '../../lambdas/ledger/store';

/** The groups of an account that a ledger has at a sink. */
interface RecordedSink {
  readonly sink: string;
  readonly account: string;
  readonly groups: number;
}

/** Returns the number of groups at each sink and in each account, in alphabetical order. */
export function recordedSinks(items: readonly Item[]): RecordedSink[] {
  const counts = new Map<string, RecordedSink>();
  for (const item of groupsIn(items)) {
    const { sink } = groupIn(item);
    const { account } = item;
    const id = `${sink} ${account}`;
    counts.set(id, { sink, account, groups: (counts.get(id)?.groups ?? 0) + 1 });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}

/** Returns the items of groups. The memory of their series has partitions of its own. */
function groupsIn(items: readonly Item[]): Item[] {
  return items.filter((item) => isAccount(item) && isGroup(item));
}

function isAccount({ account }: Item): boolean {
  return /^\d{12}$/.test(account);
}

/** Removes the items of a sink from a ledger. Its published groups stay. */
export async function dropSink(store: LedgerStore, items: readonly Item[], sink: string): Promise<void> {
  const groups = groupsIn(items).filter((item) => groupIn(item).sink === sink);
  for (const { account, item } of groups) await seriesMemory(store, { account, item }).write([]);
  const gone = [...groups, ...items.filter(({ item }) => item === markOf(sink))];
  for (const account of new Set(gone.map((item) => item.account))) {
    const deletes = gone.filter((item) => item.account === account).map(({ item }) => item);
    await store.change(account, { puts: [], deletes });
  }
  for (const { account, item } of items.filter(isRun)) await forgetIn(store, { account, item, sink });
}

function isRun(item: Item): boolean {
  return isAccount(item) && /^[\w-]+$/.test(item.item);
}

interface RunAtSink extends Pick<Item, 'account' | 'item'> {
  readonly sink: string;
}

/** Removes a sink from the item of a run. The version stays, because a run under way recognises its turn by it. */
async function forgetIn(store: LedgerStore, { account, item, sink }: RunAtSink): Promise<void> {
  for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts += 1) {
    const stored = await store.get(account, item);
    if (!stored) return;
    const run = runIn(stored);
    if (!run.recordedSinks.includes(sink)) return;
    const recordedSinks = run.recordedSinks.filter((id) => id !== sink);
    if (await store.put({ ...stored, data: JSON.stringify({ ...run, recordedSinks }) }, stored.version))
      return;
  }
  throw new Error(
    `expected to write the item "${item}" of account ${account}, got ${MOST_ATTEMPTS} refusals because it had changed: run the command again`,
  );
}

/** Runs that change the ledger at the same time are few. */
const MOST_ATTEMPTS = 10;
