import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { attemptsIn } from '../../lib/serve/attempts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollgate-attempts-'));
  file = path.join(folder, 'attempts.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const TIME = new Date('2026-03-01T06:00:00Z');
const LATER = new Date('2026-03-02T06:00:00Z');

test('a run has one retry, also after restarts, and the next scheduled time has its own attempts', async () => {
  expect((await attemptsIn(file)).isOpen('roles', TIME)).toBe(true);
  await (await attemptsIn(file)).begin('roles', TIME);
  expect((await attemptsIn(file)).isOpen('roles', TIME)).toBe(true);
  await (await attemptsIn(file)).begin('roles', TIME);
  const attempts = await attemptsIn(file);
  expect(attempts.isOpen('roles', TIME)).toBe(false);
  expect(attempts.isOpen('roles', LATER)).toBe(true);
  expect(attempts.isOpen('tags', TIME)).toBe(true);
});

test('the digest has no retry, which would post it twice', async () => {
  const attempts = await attemptsIn(file);
  await attempts.begin('digest', TIME);
  expect(attempts.isOpen('digest', TIME)).toBe(false);
});

test('a complete run is not attempted again, also after a restart', async () => {
  const attempts = await attemptsIn(file);
  await attempts.begin('roles', TIME);
  await attempts.complete('roles', TIME);
  expect(attempts.isOpen('roles', TIME)).toBe(false);
  expect((await attemptsIn(file)).isOpen('roles', TIME)).toBe(false);
});

test('when groups are lost, complete runs are attempted again within the number of attempts', async () => {
  const attempts = await attemptsIn(file);
  await attempts.begin('roles', TIME);
  await attempts.complete('roles', TIME);
  await attempts.reopen();
  const restarted = await attemptsIn(file);
  expect(restarted.isOpen('roles', TIME)).toBe(true);
  await restarted.begin('roles', TIME);
  expect(restarted.isOpen('roles', TIME)).toBe(false);
});

test('attempts of several collectors at once are all recorded', async () => {
  const attempts = await attemptsIn(file);
  const names = ['roles', 'tags', 'services', 'projects'] as const;
  await Promise.all(names.map((name) => attempts.begin(name, TIME)));
  await Promise.all(names.map((name) => attempts.begin(name, TIME)));
  const restarted = await attemptsIn(file);
  expect(names.map((name) => restarted.isOpen(name, TIME))).toEqual([false, false, false, false]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each(['', '[]1', '{"roles":{"attempts":1}}'])(
  '%j in the file is an error with the remedy',
  async (content) => {
    writeFileSync(file, content);
    await expect(attemptsIn(file)).rejects.toThrow(
      /attempts\.json: expected the attempts of each collector, got: .*; delete the file, and every collector runs once$/,
    );
  },
);
