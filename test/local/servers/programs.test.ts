import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CACHE_FOLDER, findPrograms, MissingProgramError } from '../../../lib/local/servers/programs';

let folder: string;
let cacheFolder: string;
let tools: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'programs-test-'));
  cacheFolder = path.join(folder, 'cache');
  tools = path.join(folder, 'tools');
  mkdirSync(tools);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('finds the real programs, and fetches those that this machine does not have', async () => {
  const names = ['prometheus-pushgateway', 'prometheus', 'promtool'] as const;
  const programs = await findPrograms(names, { cacheFolder: CACHE_FOLDER, progress: () => {} });
  expect(version(programs['prometheus-pushgateway'])).toMatch(/^pushgateway, version /);
  expect(version(programs.prometheus)).toMatch(/^prometheus, version /);
  expect(version(programs.promtool)).toMatch(/^promtool, version /);
});

test('takes a program from PATH before the cache folder, also under its upstream name', async () => {
  script(tools, 'pushgateway');
  script(cacheFolder, 'prometheus-pushgateway');
  script(cacheFolder, 'prometheus');
  const { programs, progress } = await find('prometheus-pushgateway', 'prometheus');
  expect(programs).toEqual({
    'prometheus-pushgateway': path.join(tools, 'pushgateway'),
    prometheus: path.join(cacheFolder, 'prometheus'),
  });
  expect(progress).toEqual([]);
});

test('fetches a missing program once, and leaves only programs in the cache folder', async () => {
  fakeDebian();
  script(tools, 'prometheus-pushgateway');
  const { programs, progress } = await find('prometheus-pushgateway', 'promtool');
  expect(programs).toEqual({
    'prometheus-pushgateway': path.join(tools, 'prometheus-pushgateway'),
    promtool: path.join(cacheFolder, 'promtool'),
  });
  expect(progress).toEqual(['fetching prometheus as Debian packages (about 19 MB, once) …']);
  expect(readdirSync(cacheFolder)).toEqual(['promtool']);
  expect((await find('promtool')).progress).toEqual([]);
});

test('names both packages and their size before it fetches them', async () => {
  fakeDebian();
  const { progress } = await find('prometheus', 'prometheus-pushgateway');
  expect(progress).toEqual([
    'fetching prometheus and prometheus-pushgateway as Debian packages (about 23 MB, once) …',
  ]);
});

test('two searches at the same time both get complete programs', async () => {
  fakeDebian();
  const both = await Promise.all([find('prometheus', 'promtool'), find('prometheus', 'promtool')]);
  for (const { programs } of both) {
    expect(version(programs.prometheus)).toBe('complete');
    expect(version(programs.promtool)).toBe('complete');
  }
  expect(readdirSync(cacheFolder)).toEqual(['prometheus', 'promtool']);
});

test('apt-get uses only folders below the cache folder', async () => {
  fakeDebian();
  await find('promtool');
  const options = readFileSync(path.join(folder, 'apt-get.log'), 'utf8').split('\n');
  const folders = options.filter((line) => line.startsWith('Dir::'));
  expect(folders.length).toBe(8);
  expect(folders.filter((line) => !line.includes(`=${cacheFolder}/`))).toEqual([]);
});

test('the error names the missing programs, the folders that were searched, and a way to get the programs', async () => {
  const options = { cacheFolder, progress: () => {}, path: '' };
  const error = await failure(findPrograms(['prometheus-pushgateway', 'prometheus', 'promtool'], options));
  expect(error.programs).toEqual(['prometheus-pushgateway', 'prometheus', 'promtool']);
  expect(error.message).toBe(`missing: prometheus-pushgateway, prometheus and promtool
looked for on PATH (empty) and in ${cacheFolder}
fetching as Debian packages failed: apt-get is not on PATH
to get them: on Debian or Ubuntu, apt-get install prometheus prometheus-pushgateway
elsewhere, put prometheus, promtool and pushgateway from https://prometheus.io/download/ on PATH`);
});

test('the error quotes apt-get, and nothing is returned or kept', async () => {
  script(tools, 'prometheus');
  script(
    tools,
    'apt-get',
    `case "$*" in
  *update) echo 'W: Failed to fetch a list' >&2; echo 'W: Some index files failed to download.' >&2 ;;
  *) echo 'Reading package lists...'; echo 'E: Unable to locate package prometheus' >&2; exit 100 ;;
esac`,
  );
  const error = await failure(find('prometheus', 'promtool'));
  expect(error.programs).toEqual(['promtool']);
  expect(error.message).toContain(
    '\nfetching as Debian packages failed: apt-get download ended with 100: E: Unable to locate package prometheus (before that: W: Failed to fetch a list)\n',
  );
  expect(readdirSync(cacheFolder)).toEqual([]);
});

test('the error says that the cache folder cannot be written', async () => {
  writeFileSync(cacheFolder, 'a file where the folder should be');
  fakeDebian();
  expect((await failure(find('promtool'))).message).toContain('failed: EEXIST: file already exists');
});

async function find<N extends 'prometheus-pushgateway' | 'prometheus' | 'promtool'>(...names: N[]) {
  const progress: string[] = [];
  const options = { cacheFolder, progress: (line: string) => progress.push(line), path: tools };
  return { programs: await findPrograms(names, options), progress };
}

async function failure(search: Promise<unknown>): Promise<MissingProgramError> {
  const error = await search.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MissingProgramError);
  return error as MissingProgramError;
}

function version(program: string): string {
  const { stdout, stderr } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim();
}

function script(into: string, name: string, text = 'exit 0'): void {
  mkdirSync(into, { recursive: true });
  writeFileSync(path.join(into, name), `#!/bin/sh\n${text}\n`);
  chmodSync(path.join(into, name), 0o755);
}

/** Writes an apt-get and a dpkg that fetch nothing; every package contains every program. */
function fakeDebian(): void {
  script(
    tools,
    'apt-get',
    `for word; do echo "$word" >> ${folder}/apt-get.log; last=$word; done
[ "$last" = update ] || echo package > "$last.deb"`,
  );
  script(
    tools,
    'dpkg',
    `/bin/mkdir -p "$3/usr/bin"
for name in prometheus promtool prometheus-pushgateway; do
  printf '#!/bin/sh\\necho complete\\n' > "$3/usr/bin/$name"
  /bin/chmod 755 "$3/usr/bin/$name"
done`,
  );
}
