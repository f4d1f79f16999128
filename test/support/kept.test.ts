import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import { kept } from './kept';

const KEY = { test: process.pid };
afterEach(async () => rm(await kept('test', KEY, async () => {}), { recursive: true }));

test('callers at the same time get the same folder, which is made once', async () => {
  let made = 0;
  const make = async (folder: string) => {
    made += 1;
    writeFileSync(path.join(folder, 'made'), '');
  };
  const folders = await Promise.all([1, 2, 3].map(() => kept('test', KEY, make)));
  expect([new Set(folders).size, made]).toEqual([1, 1]);
  expect(existsSync(path.join(folders[0] ?? '', 'made'))).toBe(true);
});

test('after a failure, the next caller makes the folder', async () => {
  const failing = kept('test', KEY, () => Promise.reject(new Error('no synthesis')));
  await expect(failing).rejects.toThrow('no synthesis');
  expect(existsSync(await kept('test', KEY, async () => {}))).toBe(true);
});
