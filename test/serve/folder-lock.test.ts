import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import * as path from 'node:path';
import { lockFolder } from '../../lib/serve/folder-lock';
import { UserError } from '../../lib/user-error';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollgate-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes the lock of another process, with its last sign of life some seconds ago. */
function writeLock(holder: object | string, secondsAgo = 5): void {
  const file = path.join(folder, 'exporter.lock');
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify({ random: 'x', ...holder }));
  const time = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(file, time, time);
}

const LOCAL = hostname();
const ended = () => spawnSync(process.execPath, ['--version']).pid;

test('a second exporter is refused until the first has released the folder', async () => {
  const first = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    new UserError(
      `serve.dataDir: expected a folder that no other exporter uses, got ${folder}, which process ${process.pid} on ${LOCAL} uses: stop it, choose another folder, or, if it has ended, delete ${path.join(folder, 'exporter.lock')} or start again after a minute`,
    ),
  );
  await first.release();
  const second = await lockFolder(folder);
  await first.release();
  expect(readdirSync(folder)).toEqual(['exporter.lock']);
  await second.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, () => object | string, number]>([
  ['a process that has ended on this host', () => ({ host: LOCAL, pid: ended() }), 0],
  ['the same process id before the container restarted', () => ({ host: LOCAL, pid: process.pid }), 0],
  ['another host without a sign of life for a minute', () => ({ host: 'pod-1', pid: 1 }), 70],
  ['a process id that another program has', () => ({ host: LOCAL, pid: process.ppid }), 70],
  ['an unknown process that wrote nothing', () => '', 70],
])('the lock of %s is taken over', async (_, holder, secondsAgo) => {
  writeLock(holder(), secondsAgo);
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid} on ${LOCAL}`);
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test.each<[string, object | string, string]>([
  ['another process on this host', { host: LOCAL, pid: process.ppid }, `process ${process.ppid} on ${LOCAL}`],
  ['another host', { host: 'pod-1', pid: process.pid }, `process ${process.pid} on pod-1`],
  ['a process that is writing it', '', 'process unknown on an unknown host'],
])('the lock of %s is respected', async (_, holder, name) => {
  writeLock(holder);
  await expect(lockFolder(folder)).rejects.toThrow(name);
  expect(readdirSync(folder)).toEqual(['exporter.lock']);
});
