import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { dynamoStore } from '../../../lambdas/ledger/dynamo-store';
import { fileStore } from '../../../lambdas/ledger/file-store';
import type { Item, LedgerStore } from '../../../lambdas/ledger/store';
import type { SimulatedAwsOptions } from '../../../lib/local/aws/server';
import { clients, simulate, stopAll } from '../../local/aws/simulation';
import { memoryStore } from '../../support/memory-store';

const ACCOUNT = '111122223333';
const OTHER = '222233334444';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ledger-'));
});
afterEach(async () => {
  await stopAll();
  await rm(folder, { recursive: true });
});

const STORES: readonly [string, () => LedgerStore | Promise<LedgerStore>][] = [
  ['the store in memory of other tests', memoryStore],
  ['the file', () => fileStore(path.join(folder, 'ledger.json'))],
  ['the table', () => tableStore()],
  ['the table, with pages of two items', () => tableStore({ ledger: { pageSize: 2 } })],
  ['the table, which leaves items over', () => tableStore({ ledger: { batchSize: 10 } })],
];

describe.each(STORES)('%s', (_, make) => {
  test('a new item is written once, and later only with the version that is there', async () => {
    const store = await make();
    const written = [
      await store.put(item('services', '1'), undefined),
      await store.put(item('services', '2'), undefined),
      await store.put(item('services', '2'), '1'),
      await store.put(item('services', '3'), '1'),
    ];
    expect([written, await store.get(ACCOUNT, 'services')]).toEqual([
      [true, false, true, false],
      item('services', '2'),
    ]);
  });

  test('of many writers with the same expectation, one succeeds', async () => {
    const store = await make();
    const written = await Promise.all(
      ['1', '2', '3', '4', '5'].map((version) => store.put(item('services', version), undefined)),
    );
    expect(written.filter((isWritten) => isWritten)).toHaveLength(1);
  });

  test('changes write and delete items of one account, and a deleted item may be missing', async () => {
    const store = await make();
    const names = Array.from({ length: 60 }, (_, i) => `services/${String(i).padStart(2, '0')}`);
    await store.change(OTHER, { puts: [{ ...item('services/00'), account: OTHER }], deletes: [] });
    await store.change(ACCOUNT, { puts: names.map((name) => item(name)), deletes: [] });
    await store.change(ACCOUNT, { puts: [item('services', '1')], deletes: [...names.slice(1), 'missing'] });
    const left = [...(await store.list(ACCOUNT))].sort((a, b) => (a.item < b.item ? -1 : 1));
    expect(left).toEqual([item('services', '1'), item('services/00')]);
    expect(await store.list(OTHER)).toHaveLength(1);
  });

  test('an empty change and an empty account are no error', async () => {
    const store = await make();
    await store.change(ACCOUNT, { puts: [], deletes: [] });
    expect([await store.list(ACCOUNT), await store.get(ACCOUNT, 'services')]).toEqual([[], undefined]);
  });
});

test('a table that denies, hangs or is missing rejects', async () => {
  const denied = await tableStore({ denied: ['dynamodb:Query'] });
  await expect(denied.list(ACCOUNT)).rejects.toThrow('dynamodb:Query');
  const { dynamodb: client } = clients(await simulate());
  const missing = dynamoStore({ client, table: 'Elsewhere', signal: AbortSignal.timeout(60_000) });
  await expect(missing.list(ACCOUNT)).rejects.toThrow();
  const ended = dynamoStore({
    client,
    table: 'Ledger',
    signal: AbortSignal.abort(new Error('no time left')),
  });
  await expect(ended.list(ACCOUNT)).rejects.toThrow();
});

test('an empty answer of the table is no empty ledger', async () => {
  const silent = await tableStore({ faults: [{ action: 'dynamodb:*', kind: 'empty-body' }] });
  await expect(silent.list(ACCOUNT)).rejects.toThrow(
    'DynamoDB Query: expected Items, got an answer without it',
  );
  await expect(silent.change(ACCOUNT, { puts: [item('services/x')], deletes: [] })).rejects.toThrow(
    'DynamoDB BatchWriteItem: expected UnprocessedItems, got an answer without it',
  );
});

test.each([
  ['not json', /^Unexpected token/],
  ['', /^Unexpected end/],
  ['{}', /^a value of type object$/],
  ['null', /^a value of type object$/],
])('a file with the content %j is an error that names it, and is not replaced', async (content, got) => {
  const file = path.join(folder, 'ledger.json');
  await writeFile(file, content);
  const problem = `ledger ${file}: expected a JSON array of items, got: `;
  for (const call of [
    () => fileStore(file).list(ACCOUNT),
    () => fileStore(file).put(item('services'), undefined),
  ]) {
    const { message } = await call().then(
      () => new Error('no error'),
      (error: Error) => error,
    );
    expect([message.slice(0, problem.length), message.slice(problem.length)]).toEqual([
      problem,
      expect.stringMatching(got),
    ]);
  }
  expect([await readFile(file, 'utf8'), await readdir(folder)]).toEqual([content, ['ledger.json']]);
});

test('a file that cannot be read is an error, and not an empty ledger', async () => {
  await expect(fileStore(folder).list(ACCOUNT)).rejects.toThrow(/EISDIR/);
});

test('the lock of a process that is still writing is waited for', async () => {
  const file = path.join(folder, 'ledger.json');
  await writeFile(`${file}.lock`, '');
  let isWritten = false;
  const written = fileStore(file)
    .put(item('services'), undefined)
    .then(() => (isWritten = true));
  await setTimeout(50);
  expect(isWritten).toBe(false);
  await rm(`${file}.lock`);
  await written;
  expect(await fileStore(file).list(ACCOUNT)).toEqual([item('services')]);
});

test('the lock of a process that crashed is removed, and none is left', async () => {
  const file = path.join(folder, 'ledger.json');
  await writeFile(`${file}.lock`, '');
  await utimes(`${file}.lock`, 0, 0);
  expect(await fileStore(file).put(item('services'), undefined)).toBe(true);
  expect(await readdir(folder)).toEqual(['ledger.json']);
});

test('items that the table leaves over are written after pauses that double, and in the end the rest is an error', async () => {
  const pauses: number[] = [];
  const sleep = async (ms: number) => pauses.push(ms);
  const puts = Array.from({ length: 26 }, (_, i) => item(`services/${i}`));
  const slow = await tableStore({ ledger: { batchSize: 10 } }, sleep);
  await slow.change(ACCOUNT, { puts, deletes: [] });
  expect([pauses.splice(0), (await slow.list(ACCOUNT)).length]).toEqual([[50, 100], 26]);
  const stuck = await tableStore({ ledger: { batchSize: 0 } }, sleep);
  await expect(stuck.change(ACCOUNT, { puts, deletes: [] })).rejects.toThrow(
    'ledger: expected DynamoDB to write all items, got 25 left over',
  );
  expect(pauses).toEqual([50, 100, 200, 400, 800, 1_600]);
});

test('an item without one of its attributes is an error that says how to continue', async () => {
  const key = { account: ACCOUNT, item: 'services' };
  const store = await tableStore({ ledger: { items: new Map([[JSON.stringify(Object.values(key)), key]]) } });
  for (const read of [() => store.list(ACCOUNT), () => store.get(ACCOUNT, 'services')])
    await expect(read()).rejects.toThrow(
      `expected the string version in the item "services" of account ${ACCOUNT}, got none`,
    );
});

async function tableStore(
  options: Partial<SimulatedAwsOptions> = {},
  sleep: (ms: number) => Promise<unknown> = async () => {},
): Promise<LedgerStore> {
  const { dynamodb: client } = clients(await simulate(options));
  return dynamoStore({ client, table: 'Ledger', signal: AbortSignal.timeout(60_000), sleep });
}

function item(name: string, version = '1'): Item {
  return { account: ACCOUNT, item: name, version, data: '{}' };
}
