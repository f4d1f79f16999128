import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { run } from '../../lib/local/servers/command';
import { startServeProcess } from '../serve/process';
import { eventually } from '../support/eventually';
import { stopAfterAll } from '../support/stop';
import { commandsOf } from './client-features';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'client-features.md'), 'utf8');
const COMMANDS = commandsOf(PAGE).filter((command) => command.startsWith('curl '));

test('every command of the page finds its feature in the demo', async () => {
  const { url } = await stopAfterAll(startServeProcess({ args: ['--demo'] }));
  await eventually(async () => expect((await fetch(`${url}/-/ready`)).status).toBe(200));
  expect(COMMANDS.length).toBeGreaterThan(8);
  const failed: string[] = [];
  for (const command of COMMANDS) {
    const { code } = await run('sh', ['-c', command.replaceAll('http://127.0.0.1:9464', url)], {});
    if (code !== 0) failed.push(command);
  }
  expect(failed).toEqual([]);
});
