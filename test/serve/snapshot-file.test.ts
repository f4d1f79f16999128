import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { gzipSync } from 'node:zlib';
import { groupId } from '../../lambdas/metrics/group';
import type { HeldGroup } from '../../lib/serve/held-groups';
import { readSnapshot, writeSnapshot } from '../../lib/serve/snapshot-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollgate-snapshot-'));
  file = path.join(folder, 'snapshot.json.gz');
});
afterEach(() => rmSync(folder, { recursive: true }));

const GROUP: HeldGroup = {
  collector: 'services',
  job: 'Services_Cost_eu-west-1',
  groupingKey: { account_id: '111122223333' },
  time: new Date('2026-03-01T06:00:01.234Z'),
  families: [
    {
      name: 'own_seconds',
      help: 'Unusual "numbers" and \\ names.',
      type: 'histogram',
      values: [
        { metricName: 'own_seconds_bucket', labels: { le: 0.5, user: 'é\n"' }, value: 0.1 + 0.2 },
        { metricName: 'own_seconds_bucket', labels: { le: '+Inf' }, value: Number.POSITIVE_INFINITY },
        { metricName: 'own_seconds_sum', labels: {}, value: Number.NaN },
      ],
    },
  ],
};
const SNAPSHOT = new Map([[groupId(GROUP), GROUP]]);

test('all groups come back as they were', async () => {
  await writeSnapshot(file, SNAPSHOT);
  expect(await readSnapshot(file)).toEqual([GROUP]);
});

test('only the own user may read the file, and nothing else is left in the folder', async () => {
  await writeSnapshot(file, SNAPSHOT);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([path.basename(file)]);
});

test('without a file there is no snapshot', async () => {
  expect(await readSnapshot(file)).toBeUndefined();
});

test('a file that was being written when the process was killed leaves the one before it', async () => {
  await writeSnapshot(file, SNAPSHOT);
  writeFileSync(`${file}.next`, readFileSync(file).subarray(0, 20));
  expect(await readSnapshot(file)).toEqual([GROUP]);
  await writeSnapshot(file, new Map());
  expect(await readSnapshot(file)).toEqual([]);
});

const json = (value: unknown) => gzipSync(JSON.stringify(value));
const withValue = (value: unknown) =>
  json({
    version: 1,
    groups: [{ ...GROUP, families: [{ ...GROUP.families[0], values: [{ labels: {}, value }] }] }],
  });

test.each([
  ['an empty file', Buffer.alloc(0)],
  ['text', Buffer.from('hello')],
  ['a cut file', json({ version: 1, groups: [] }).subarray(0, -4)],
  ['another version', json({ version: 2, groups: [] })],
  ['no groups', json({ version: 1 })],
  ['a value that is missing', withValue(undefined)],
  ['a value that is null', withValue(null)],
  ['a value that is a string', withValue('12')],
])('%s is an error that names the file', async (_, content) => {
  writeFileSync(file, content);
  await expect(readSnapshot(file)).rejects.toThrow(
    new RegExp(`^snapshot ${file}: expected compressed groups of this version, got: `),
  );
});
