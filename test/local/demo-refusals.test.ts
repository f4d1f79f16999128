import { createServer } from 'node:net';
import { demoCommand } from '../../bin/demo-command';
import { demo } from '../../lib/local/demo';
import type { DemoOptions } from '../../lib/local/demo-options';
import { PAGE_PORT } from '../../lib/local/demo-options';
import type { DemoPorts } from '../../lib/local/demo-world';
import { FlagError } from '../../lib/local/flag-error';
import type { Preview } from '../../lib/local/preview/preview';
import { MissingProgramError } from '../../lib/local/servers/programs';
import { startPage } from '../../lib/local/stay-up';

test.each([
  ['--metric-profile nope', /^--metric-profile: .*expected one of .*tollgate.*xc3.*, got "nope"$/],
  ['--attribution owner-tag,owner', /^--attribution: .*expected one of .*, got "owner"$/],
  ['--attribution owner-tag,owner-tag', /^--attribution: expected each item at most once/],
  ['--lookback 366', /^--lookback: .*365.*, got 366$/],
  ['--max-series 5', /^--max-series: .*20.*, got 5$/],
  ['--max-requests 0', /^--max-requests: .*1.*, got 0$/],
  ['--owner-tag=', /^--owner-tag: .*, got ""$/],
  ['--lookback 366 --max-series 5', /^--lookback: .*\n--max-series: .*$/],
  ['--focus /nowhere/bill.csv', /^--focus: \/nowhere\/bill\.csv: expected a readable CSV file/],
  [
    '--out package.json',
    '--out: expected a folder that can be written, got "package.json" (a file is there)',
  ],
])('%s is refused before programs are looked for', async (flags, message) => {
  const find = () => Promise.reject(new Error('looked for programs'));
  const refused = run(flags, { find });
  await expect(refused).rejects.toBeInstanceOf(FlagError);
  await expect(refused).rejects.toThrow(message);
});

test('a port that another program uses is refused', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await expect(run(`--port ${port}`, {})).rejects.toThrow(
    `--port: expected a free port of 127.0.0.1, got ${port} (another program listens there)`,
  );
  await new Promise((resolve) => server.close(resolve));
});

test('another port replaces the default port if that is taken', async () => {
  const progress: string[] = [];
  const pages: Preview[] = [];
  for (let i = 0; i < 2; i += 1)
    pages.push(
      await startPage({ prometheusUrl: 'http://127.0.0.1:1', progress: (line) => void progress.push(line) }),
    );
  await Promise.all(pages.map((page) => page.stop()));
  expect(new Set(pages.map(({ url }) => url)).size).toBe(2);
  expect(pages[1]?.url).not.toContain(`:${PAGE_PORT}`);
  expect(progress.at(-1)).toBe(`port ${PAGE_PORT} is taken, so the page has another one; --port chooses it`);
});

test('without servers nothing runs, and only the hint is reported', async () => {
  const missing = new MissingProgramError(['prometheus', 'promtool'], {
    searchPath: '/usr/bin',
    cacheFolder: '.cache/servers',
    reason: 'apt-get is not on PATH',
  });
  const progress: string[] = [];
  const print = () => {
    throw new Error('printed something');
  };
  const find = () => Promise.reject(missing);
  const outcome = await run('', { find, print, progress: (line) => void progress.push(line) });
  expect(outcome).toBe('incomplete');
  expect(progress).toEqual([`${missing.message}\nwith --once, the functions print what they would push`]);
});

async function run(flags: string, ports: Partial<DemoPorts>): Promise<string> {
  const args = flags.split(' ').filter((flag) => flag !== '');
  let read: DemoOptions | undefined;
  await demoCommand(async (options) => {
    read = options;
  }).parseAsync(args, { from: 'user' });
  if (!read) throw new Error('expected the command to run');
  const signal = new AbortController().signal;
  return demo(read, { print: () => {}, progress: () => {}, signal, ...ports });
}
