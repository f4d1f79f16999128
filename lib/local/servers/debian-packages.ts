import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Finished, run } from './command';
import { findExecutable, foldersOf } from './search-path';

// Prevents the distribution's hooks, which an update as root would run: they empty the package cache and wake services.
const NO_HOOKS = '#clear APT::Update::Post-Invoke;\n#clear APT::Update::Post-Invoke-Success;\n';
const TIMEOUT_MS = 300_000;

interface Workplace {
  /** The absolute path of an empty folder. Nothing is written elsewhere. */
  readonly folder: string;
  /** The search path for apt-get, dpkg and the programs that they need. */
  readonly searchPath: string;
}

/**
 * Downloads Debian packages from the system's package sources and unpacks them. Needs no root.
 * Returns the folder that contains their `usr/bin`. Errors give the reason in one line.
 */
export async function fetchDebianPackages(packages: readonly string[], place: Workplace): Promise<string> {
  await download(packages, place);
  const unpacked = path.join(place.folder, 'unpacked');
  for (const deb of (await readdir(place.folder)).filter((name) => name.endsWith('.deb'))) {
    check('dpkg -x', await runTool('dpkg', ['-x', deb, unpacked], place));
  }
  return unpacked;
}

async function download(packages: readonly string[], place: Workplace): Promise<void> {
  const state = await ownState(path.join(place.folder, 'apt'));
  // An update that misses some sources may still know our packages. An update that reaches no source only warns.
  const { stderr } = await runTool('apt-get', [...state, 'update'], place);
  const warning = stderr.split('\n').find((line) => /^E:|Failed to fetch/.test(line));
  check('apt-get download', await runTool('apt-get', [...state, 'download', ...packages], place), warning);
}

async function runTool(name: string, args: readonly string[], place: Workplace): Promise<Finished> {
  const tool = await findExecutable([name], foldersOf(place.searchPath));
  if (tool === undefined) {
    throw new Error(`${name} is not on PATH`);
  }
  const env = { ...process.env, PATH: place.searchPath, LC_ALL: 'C' };
  return run(tool, args, { cwd: place.folder, env, timeoutMs: TIMEOUT_MS });
}

/** Creates the files that apt-get needs in a folder of its own; returns the options that point there. */
async function ownState(folder: string): Promise<string[]> {
  const at = (...names: string[]) => path.join(folder, ...names);
  await mkdir(at('lists', 'partial'), { recursive: true });
  await mkdir(at('archives', 'partial'), { recursive: true });
  await writeFile(at('status'), '');
  await writeFile(at('no-hooks.conf'), NO_HOOKS);
  const settings = {
    'Dir::State': folder,
    'Dir::State::Lists': at('lists'),
    'Dir::State::status': at('status'),
    'Dir::Cache': folder,
    'APT::Sandbox::User': 'root', // Otherwise apt-get, run as root, becomes a user who may not enter our folder.
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return ['-q', '-c', at('no-hooks.conf'), ...options];
}

function check(what: string, { code, stdout, stderr }: Finished, earlier?: string): void {
  if (code !== 0) {
    const lastLine = (stderr.trim() || stdout.trim() || 'no output').split('\n').at(-1);
    const before = earlier === undefined ? '' : ` (before that: ${earlier})`;
    throw new Error(`${what} ended with ${code}: ${lastLine}${before}`);
  }
}
