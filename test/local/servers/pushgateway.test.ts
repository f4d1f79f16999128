import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPushgateway } from '../../../lib/local/servers/pushgateway';
import type { Server } from '../../../lib/local/servers/server';
import { realPrograms } from '../../support/real-servers';

let program: string;
let folder: string;
const started: Server[] = [];

beforeAll(async () => {
  program = (await realPrograms('prometheus-pushgateway'))['prometheus-pushgateway'];
});

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pushgateway-test-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

test('is ready when it is started, and has no groups of another gateway', async () => {
  const first = await start();
  await fetch(`${first.url}/metrics/job/x`, { method: 'PUT', body: 'kept 1\n' });
  expect(await metrics(first)).toContain('kept{instance="",job="x"} 1');
  expect(await metrics(await start())).not.toContain('kept');
});

test('uses the given port', async () => {
  const server = await start();
  await server.stop();
  const port = Number(new URL(server.url).port);
  expect((await start({ port })).url).toBe(server.url);
});

test('does not mistake another server on its port for itself', async () => {
  const port = Number(new URL((await start()).url).port);
  await expect(start({ port })).rejects.toThrow(`address already in use 127.0.0.1:${port}`);
});

test('is ready with basic auth', async () => {
  const webConfigFile = path.join(folder, 'web.yml');
  const hash = '$2b$05$abcdefghijklmnopqrstuuHIrMEWpUCQe2YqFR3sXwQ75u4od..9q'; // hash of pw
  writeFileSync(webConfigFile, JSON.stringify({ basic_auth_users: { pusher: hash } }));
  const { url } = await start({ webConfigFile });
  expect((await fetch(`${url}/metrics`)).status).toBe(401);
  const headers = { authorization: `Basic ${btoa('pusher:pw')}` };
  expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
});

test('fails with its last lines if it does not start', async () => {
  const webConfigFile = path.join(folder, 'missing.yml');
  await expect(start({ webConfigFile })).rejects.toThrow(
    /^prometheus-pushgateway ended with \d+\n(.*\n)*.*missing\.yml: no such file/,
  );
});

test('fails if the program does not exist', async () => {
  await expect(startPushgateway(path.join(folder, 'none'))).rejects.toThrow(/^none did not start: .* ENOENT/);
});

async function start(options?: { port?: number; webConfigFile?: string }): Promise<Server> {
  const server = await startPushgateway(program, options);
  started.push(server);
  return server;
}

async function metrics({ url }: Server): Promise<string> {
  return (await fetch(`${url}/metrics`)).text();
}
