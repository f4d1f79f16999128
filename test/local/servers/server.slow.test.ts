import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Server, startServer } from '../../../lib/local/servers/server';

let marker: string;
const started: Server[] = [];

beforeEach(() => {
  marker = path.join(mkdtempSync(path.join(tmpdir(), 'server-test-')), 'marker');
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  rmSync(path.dirname(marker), { recursive: true });
});

test('stop ends the process and removes its folder, however often it is called', async () => {
  let folder = '';
  const server = await start('', (itsFolder) => {
    folder = itsFolder;
  });
  expect(existsSync(path.join(folder, 'output.log'))).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  expect(existsSync(folder)).toBe(false);
});

test('stop ends a process that ignores SIGTERM', async () => {
  const server = await start(`process.on('SIGTERM', () => {});`);
  await server.stop();
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

test('tries another port if the first is taken', async () => {
  const server = await start(`
    if (!fs.existsSync(marker)) {
      fs.writeFileSync(marker, '');
      console.error('bind: address already in use');
      process.exit(1);
    }`);
  expect((await fetch(server.url)).status).toBe(200);
});

test('a program that prints more than a pipe can hold keeps running', async () => {
  const server = await start(`fs.writeSync(2, 'x'.repeat(1_000_000));`);
  expect((await fetch(server.url)).status).toBe(200);
});

test('a program that ends early fails with the last lines that it printed', async () => {
  const failing = start(
    `for (let line = 1; line <= 9; line++) console.error('line ' + line); process.exit(3);`,
  );
  await expect(failing).rejects.toThrow('node ended with 3\nline 5\nline 6\nline 7\nline 8\nline 9');
});

/** Starts a server in JavaScript that runs `first` before it listens. */
async function start(first: string, marked: (folder: string) => void = () => {}): Promise<Server> {
  const server = await startServer({
    program: process.execPath,
    args: (address, folder) => {
      marked(folder);
      return ['--eval', program(first), marker, ...address.split(':')];
    },
  });
  started.push(server);
  return server;
}

function program(first: string): string {
  return `const fs = require('node:fs');
const [marker, host, port] = process.argv.slice(1);
${first}
require('node:http').createServer((_, response) => response.end()).listen(Number(port), host);`;
}
