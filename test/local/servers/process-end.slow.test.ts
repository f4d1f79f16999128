import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../../support/eventually';
import { realPrograms } from '../../support/real-servers';

const START_AND_WAIT = path.join(__dirname, 'start-and-wait.ts');

let gateway: string;
let temporary: string;

beforeAll(async () => {
  gateway = (await realPrograms('prometheus-pushgateway'))['prometheus-pushgateway'];
});

beforeEach(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'process-end-test-'));
});

afterEach(() => rmSync(temporary, { recursive: true }));

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s to the process ends its servers', async (signal) => {
  const { child, url } = await start('wait');
  expect(await answers(url)).toBe(true);
  expect(folders()).toHaveLength(1);
  child.kill(signal);
  await once(child, 'exit');
  await swept(url);
});

test('a crash of the process ends its servers', async () => {
  const { child, url } = await start('fail');
  await once(child, 'exit');
  expect(child.exitCode).toBe(1);
  await swept(url);
});

async function start(then: 'wait' | 'fail'): Promise<{ child: ChildProcess; url: string }> {
  const args = ['--import', 'tsx', START_AND_WAIT, gateway, then];
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
}

/** Resolves when the server and its folder are gone after the end of the process. */
async function swept(url: string): Promise<void> {
  await eventually(async () => expect([folders(), await answers(url)]).toEqual([[], false]));
}

function folders(): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('tollgate-'));
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}
