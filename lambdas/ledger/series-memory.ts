import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import * as v from 'valibot';
import { type LabelSet, NO_SERIES, type SeriesMemory } from '../sinks/sink';
import type { Item, LedgerStore } from './store';

/** The group whose series are remembered. */
interface Owner {
  readonly account: string;
  /** The name of the group's own item. */
  readonly item: string;
}

/** Characters in one item, below DynamoDB's limit of 400 kB for its names and values. */
const PIECE = 350_000;

/** Returns the memory of a group's series in the ledger. Only sinks of remote write use it. */
export function seriesMemory(store: LedgerStore, owner: Owner, most = PIECE): SeriesMemory {
  return globalThis.WITHOUT_REMOTE_WRITE ? NO_SERIES : storedSeries(store, owner, most);
}

/**
 * Keeps the series in items of a partition of their own, so that lists of an account's items stay short: a head, and parts for
 * what does not fit into it. New parts are written first, then the head is replaced by a conditional write, then the old parts
 * are deleted. A crash leaves the old or the new label sets, and parts without a head that the next write deletes.
 * @param most characters of the label sets in one item.
 */
function storedSeries(store: LedgerStore, owner: Owner, most: number): SeriesMemory {
  const partition = `series/${owner.account}/${owner.item}`;
  /** The head that the next write replaces. Before the first call, it is the stored one. */
  let known: { readonly version: string | undefined } | undefined;
  const list = async () => {
    const items = await store.list(partition);
    const head = items.find(({ item }) => item === HEAD);
    return { items, head, sets: head ? await setsIn(head, items) : [] };
  };
  return {
    async read() {
      const first = await list();
      // Another run may have replaced the parts while they were listed.
      const { head, sets } = first.sets ? first : await list();
      if (!sets) throw incomplete(owner);
      known = { version: head?.version };
      return sets;
    },

    async write(sets) {
      const stored = await store.list(partition);
      if (sets.length + stored.length === 0) return;
      const { head, parts } = await itemsOf(partition, sets, most);
      if (parts.length > 0) await store.change(partition, { puts: parts, deletes: [] });
      const { version } = known ?? stored.find(({ item }) => item === HEAD) ?? { version: undefined };
      if (!(await store.put(head, version))) throw superseded(owner);
      const deletes = stored.map(({ item }) => item).filter((item) => item !== HEAD);
      if (sets.length === 0) deletes.push(HEAD);
      known = { version: sets.length === 0 ? undefined : head.version };
      if (deletes.length > 0) await store.change(partition, { puts: [], deletes });
    },
  };
}

/** Adds the label sets of a memory to those of another, and then empties it. A crash leaves some in both. */
export async function handOver(from: SeriesMemory, to: SeriesMemory): Promise<void> {
  const known = await to.read();
  const sets = new Map([...known, ...(await from.read())].map((set) => [JSON.stringify(set), set]));
  if (sets.size > known.length) await to.write([...sets.values()]);
  await from.write([]);
}

const HEAD = 'head';

/** The content of a head. */
interface Head {
  /** The names of its parts begin with it. */
  readonly id: string;
  readonly parts: number;
  /** The first piece of the compressed label sets. */
  readonly piece: string;
}

const IS_HEAD = v.object({ id: v.string(), parts: v.number(), piece: v.string() });
const ARE_SETS = v.array(v.record(v.string(), v.string()));

async function itemsOf(account: string, sets: readonly LabelSet[], most: number) {
  const text = await packed(sets);
  const id = randomUUID();
  const parts: Item[] = [];
  for (let at = most; at < text.length; at += most) {
    const data = text.slice(at, at + most);
    parts.push({ account, item: partName(id, parts.length), version: id, data });
  }
  const content: Head = { id, parts: parts.length, piece: text.slice(0, most) };
  const head: Item = { account, item: HEAD, version: id, data: JSON.stringify(content) };
  return { head, parts };
}

/** Returns the label sets in the items of a head; undefined if a part is missing. */
async function setsIn(head: Item, items: readonly Item[]): Promise<readonly LabelSet[] | undefined> {
  const { id, parts, piece } = parsed<Head>(head, head.data, IS_HEAD);
  const data = new Map(items.map((one) => [one.item, one.data]));
  const pieces = Array.from({ length: parts }, (_, index) => data.get(partName(id, index)));
  return pieces.includes(undefined) ? undefined : unpacked(head, [piece, ...pieces].join(''));
}

function partName(id: string, index: number): string {
  return `${id}/${index}`;
}

async function packed(sets: readonly LabelSet[]): Promise<string> {
  const compressed = await promisify(brotliCompress)(JSON.stringify(sets), { params: FAST });
  return compressed.toString('base64');
}

/** The next quality takes 70 % longer and saves 3 %. */
const FAST = { [constants.BROTLI_PARAM_QUALITY]: 4 };

async function unpacked(head: Item, text: string): Promise<readonly LabelSet[]> {
  const json = await promisify(brotliDecompress)(Buffer.from(text, 'base64')).catch(() => '');
  return parsed<readonly LabelSet[]>(head, json.toString(), ARE_SETS);
}

function parsed<T>({ account, item }: Item, json: string, schema: v.GenericSchema): T {
  const value = jsonIn(json);
  if (v.is(schema, value)) return value as T;
  throw new Error(
    `expected the series of a group in the item "${item}" of "${account}", got ${json.length} characters of another form: delete the item from the ledger's table`,
  );
}

function jsonIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function incomplete({ account, item }: Owner): Error {
  return new Error(
    `expected all parts of the series of the item "${item}" of account ${account}, got only some: delete the items of "series/${account}/${item}" from the ledger's table`,
  );
}

function superseded({ account, item }: Owner): Error {
  return new Error(
    `expected to write the series of the item "${item}" of account ${account}, got a refusal: another run has written them`,
  );
}
