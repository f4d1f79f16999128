import { access, constants, rename } from 'node:fs/promises';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import { fetchDebianPackages } from './debian-packages';
import { inWords } from './in-words';
import { MissingProgramError } from './missing-program-error';
import { findExecutable, foldersOf } from './search-path';
import { makeTemporaryFolder, removeFolder } from './temporary-folder';
import { startWatchdog } from './watchdog';

export { MissingProgramError };

/** A program that the demo or a test needs. */
export type ProgramName = 'prometheus-pushgateway' | 'prometheus' | 'promtool' | 'nginx';
type PackageName = 'prometheus-pushgateway' | 'prometheus' | 'nginx';

interface Program {
  readonly names: readonly string[];
  readonly package: PackageName;
  /** The folder in the package. @default 'usr/bin' */
  readonly folder?: string;
}

const PROGRAMS: Record<ProgramName, Program> = {
  'prometheus-pushgateway': {
    names: ['prometheus-pushgateway', 'pushgateway'], // Debian's name, then the upstream name
    package: 'prometheus-pushgateway',
  },
  prometheus: { names: ['prometheus'], package: 'prometheus' },
  promtool: { names: ['promtool'], package: 'prometheus' },
  // Its shared libraries are those of git: OpenSSL 3, PCRE 2 and zlib.
  nginx: { names: ['nginx'], package: 'nginx', folder: 'usr/sbin' },
};

const PACKAGE_MEGABYTES: Record<PackageName, number> = {
  prometheus: 19.3,
  'prometheus-pushgateway': 3.3,
  nginx: 0.5,
};

/** The folder of fetched programs, next to node_modules and ignored by git. */
export const CACHE_FOLDER = path.resolve(__dirname, '../../../.cache/servers');

interface FindOptions {
  /** Holds the fetched programs. */
  readonly cacheFolder: string;
  /** Called with a line for each slow step. */
  readonly progress: (line: string) => void;
  /** Search path for the programs, apt-get and dpkg. @default the environment variable PATH */
  readonly path?: string;
}

/**
 * Returns absolute paths of real programs: from PATH, else from the cache folder, else fetched into it as Debian
 * packages. Several processes may call it at once. Throws MissingProgramError unless all of them are available.
 */
export async function findPrograms<N extends ProgramName>(
  names: readonly N[],
  options: FindOptions,
): Promise<Record<N, string>> {
  const found = await lookFor(names, options);
  const missing = names.filter((name) => found[name] === undefined);
  if (missing.length > 0) {
    await fetchOrExplain(missing, options);
  }
  const all: Partial<Record<N, string>> = { ...found, ...(await lookFor(missing, options)) };
  return all as Record<N, string>;
}

async function lookFor<N extends ProgramName>(
  names: readonly N[],
  options: FindOptions,
): Promise<Partial<Record<N, string>>> {
  const folders = [...foldersOf(searchPathOf(options)), path.resolve(options.cacheFolder)];
  const found: Partial<Record<N, string>> = {};
  for (const name of names) {
    found[name] = await findExecutable(PROGRAMS[name].names, folders);
  }
  return found;
}

function searchPathOf(options: FindOptions): string {
  return options.path ?? process.env.PATH ?? '';
}

async function fetchOrExplain(missing: readonly ProgramName[], options: FindOptions): Promise<void> {
  try {
    await fetchPrograms(missing, options);
  } catch (error) {
    const reason = isNativeError(error) ? error.message : String(error);
    const cacheFolder = path.resolve(options.cacheFolder);
    throw new MissingProgramError(missing, { searchPath: searchPathOf(options), cacheFolder, reason });
  }
}

async function fetchPrograms(missing: readonly ProgramName[], options: FindOptions): Promise<void> {
  const packages = [...new Set(missing.map((name) => PROGRAMS[name].package))].sort();
  const megabytes = Math.round(packages.reduce((sum, name) => sum + PACKAGE_MEGABYTES[name], 0));
  options.progress(`fetching ${inWords(packages)} as Debian packages (about ${megabytes} MB, once) …`);
  const folder = await makeTemporaryFolder(options.cacheFolder);
  const callOffWatchdog = startWatchdog(folder);
  try {
    const unpacked = await fetchDebianPackages(packages, {
      folder,
      searchPath: searchPathOf(options),
    });
    for (const name of missing) {
      const { folder: inPackage = 'usr/bin' } = PROGRAMS[name];
      await moveInto(options.cacheFolder, path.join(unpacked, inPackage, name));
    }
  } finally {
    await removeFolder(folder);
    callOffWatchdog();
  }
}

// After a rename, other processes see the complete program or none. The last writer replaces it with the same file.
async function moveInto(folder: string, program: string): Promise<void> {
  const target = path.join(folder, path.basename(program));
  await rename(program, target);
  await access(target, constants.X_OK); // A file system may be mounted noexec.
}
