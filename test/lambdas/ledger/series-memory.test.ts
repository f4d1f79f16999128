import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { seriesMemory } from '../../../lambdas/ledger/series-memory';
import type { LedgerStore } from '../../../lambdas/ledger/store';
import type { LabelSet } from '../../../lambdas/sinks/sink';
import { hostileText } from '../../support/hostile-text';
import { type MemoryStore, memoryStore } from '../../support/memory-store';

const OWNER = { account: '111122223333', item: 'services/https://x/["job",[]]' };
const PARTITION = `series/${OWNER.account}/${OWNER.item}`;

test('label sets are read as they were written, whatever they hold', async () => {
  const set = fc.dictionary(fc.stringMatching(/^[a-z_]\w{0,9}$/), hostileText());
  await fc.assert(
    fc.asyncProperty(fc.array(set), async (sets) => {
      const store = memoryStore();
      await seriesMemory(store, OWNER).write(sets);
      expect(await seriesMemory(store, OWNER).read()).toEqual(sets);
    }),
    { numRuns: 50 },
  );
});

test('the memories of two groups, and the items of the account, are separate', async () => {
  const store = memoryStore();
  const other = { ...OWNER, item: 'services/https://y/["job",[]]' };
  await seriesMemory(store, OWNER).write([{ a: '1' }]);
  await seriesMemory(store, other).write([{ a: '2' }]);
  expect([
    await seriesMemory(store, OWNER).read(),
    await seriesMemory(store, other).read(),
    await store.list(OWNER.account),
  ]).toEqual([[{ a: '1' }], [{ a: '2' }], []]);
});

test('an empty memory has no items', async () => {
  const store = memoryStore();
  const memory = seriesMemory(store, OWNER);
  await memory.write([]);
  await memory.write(large(2));
  await memory.write([]);
  expect([await memory.read(), store.items.size]).toEqual([[], 0]);
});

test('55 000 label sets take some items, each below the limit of DynamoDB', async () => {
  const store = memoryStore();
  const sets = large(55_000);
  await seriesMemory(store, OWNER).write(sets);
  expect(await seriesMemory(store, OWNER).read()).toEqual(sets);
  const sizes = [...store.items.values()].map(({ account, item, version, data }) =>
    Buffer.byteLength([account, item, version, data, 'accountitemversiondata'].join('')),
  );
  expect(sizes.length).toBeLessThan(8);
  expect(Math.max(...sizes)).toBeLessThan(400_000);
});

test('a crash at any step leaves the old or the new label sets, and the next write removes what it left', async () => {
  const sizes = fc.nat({ max: 8 });
  const writes = fc.array(fc.record({ size: sizes, crashAfter: fc.nat({ max: 12 }) }), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(writes, sizes, async (crashing, last) => {
      const store = memoryStore();
      let before: readonly LabelSet[] = [];
      for (const { size, crashAfter } of crashing) {
        const after = large(size);
        await seriesMemory(crashingStore(store, crashAfter), OWNER)
          .write(after)
          .catch(() => {});
        const found = await inPieces(store).read();
        expect([before, after]).toContainEqual(found);
        before = found;
      }
      const final = large(last);
      await inPieces(store).write(final);
      expect(await inPieces(store).read()).toEqual(final);
      expect(names(store)).toEqual(reachable(store));
    }),
    { numRuns: 300 },
  );
});

test('a run whose memory was written by another run is refused, and keeps what the other wrote', async () => {
  const store = memoryStore();
  const [older, newer] = [seriesMemory(store, OWNER), seriesMemory(store, OWNER)];
  await older.read();
  await newer.read();
  await newer.write([{ a: 'newer' }]);
  await expect(older.write([{ a: 'older' }])).rejects.toThrow(
    `expected to write the series of the item "${OWNER.item}" of account 111122223333, got a refusal: another run has written them`,
  );
  await newer.write([{ a: 'again' }]);
  expect(await older.read()).toEqual([{ a: 'again' }]);
});

test('parts that another run replaces while they are listed are listed again', async () => {
  const store = memoryStore();
  await inPieces(store).write(large(8));
  const old = await store.list(PARTITION);
  const after = large(8);
  await inPieces(store).write(after);
  const [head] = (await store.list(PARTITION)).filter(({ item }) => item === 'head');
  const torn = [...old.filter(({ item }) => item !== 'head'), ...(head ? [head] : [])];
  let lists = 0;
  const slow: LedgerStore = {
    ...store,
    list: async (account) => (lists++ === 0 ? torn : store.list(account)),
  };
  expect(await inPieces(slow).read()).toEqual(after);
});

test.each([
  ['is damaged', (data: string) => data.replace(/"piece":"..../, '"piece":"////')],
  ['has no pieces', () => '{}'],
  ['is no JSON', () => 'x'],
])('a head that %s is an error that names the item, and not an empty memory', async (_, damage) => {
  const store = memoryStore();
  await seriesMemory(store, OWNER).write([{ a: '1' }]);
  for (const [key, item] of store.items) store.items.set(key, { ...item, data: damage(item.data) });
  await expect(seriesMemory(store, OWNER).read()).rejects.toThrow(
    `expected the series of a group in the item "head" of "${PARTITION}", got`,
  );
});

test('a missing part is an error that names the item, and not a smaller memory', async () => {
  const store = memoryStore();
  await inPieces(store).write(large(8));
  const [part] = names(store).filter((name) => name !== 'head');
  await store.change(PARTITION, { puts: [], deletes: [part ?? ''] });
  await expect(inPieces(store).read()).rejects.toThrow(
    `expected all parts of the series of the item "${OWNER.item}" of account 111122223333, got only some`,
  );
});

/** Returns a memory in which a label set takes about an item. */
function inPieces(store: LedgerStore) {
  return seriesMemory(store, OWNER, 200);
}

/** Returns label sets that cannot be compressed well. */
function large(count: number): LabelSet[] {
  return Array.from({ length: count }, (_, index) => ({
    __name__: 'aws_user_resource_billed_cost_usd',
    account_id: '111122223333',
    region: 'eu-west-1',
    resource: `arn:aws:ec2:eu-west-1:111122223333:instance/i-${randomBytes(count > 10_000 ? 9 : 100).toString('hex')}`,
    user_name: `user-${index % 1_000}`,
  }));
}

/** Returns a store that fails after some single writes. A change performs its writes one by one. */
function crashingStore(store: MemoryStore, steps: number): LedgerStore {
  let left = steps;
  const step = () => {
    left -= 1;
    if (left < 0) throw new Error('crashed');
  };
  return {
    ...store,
    async put(item, expected) {
      step();
      return store.put(item, expected);
    },
    async change(account, { puts, deletes }) {
      for (const item of puts) {
        step();
        await store.change(account, { puts: [item], deletes: [] });
      }
      for (const item of deletes) {
        step();
        await store.change(account, { puts: [], deletes: [item] });
      }
    },
  };
}

function names(store: MemoryStore): string[] {
  return [...store.items.values()].map(({ item }) => item).sort();
}

/** Returns the names of the head and of its parts. */
function reachable(store: MemoryStore): string[] {
  const head = [...store.items.values()].find(({ item }) => item === 'head');
  if (!head) return [];
  const { id, parts } = JSON.parse(head.data) as { id: string; parts: number };
  return ['head', ...Array.from({ length: parts }, (_, index) => `${id}/${index}`)].sort();
}
