import path from 'node:path';
import { run } from '../../lib/local/servers/command';

test.each([
  ['demo --help', 0, /^Usage: tollgate demo/, /^$/],
  ['demo --users 0', 2, /^$/, /^--users: expected a whole number from 1, got "0"\n$/],
  ['demo --bogus', 2, /^$/, /^error: unknown option '--bogus'/],
  ['demo --lookback 366', 2, /^$/, /^--lookback: /],
])('%s ends with status %i', async (command, status, stdout, stderr) => {
  const args = [
    require.resolve('tsx/cli'),
    path.join(__dirname, '../../bin/local.ts'),
    ...command.split(' '),
  ];
  const finished = await run(process.execPath, args);
  expect(finished).toEqual({
    code: status,
    stdout: expect.stringMatching(stdout),
    stderr: expect.stringMatching(stderr),
  });
});
