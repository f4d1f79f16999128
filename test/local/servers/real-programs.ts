import { CACHE_FOLDER, findPrograms, type ProgramName } from '../../../lib/local/servers/programs';

/** How long a first run may take that has to fetch them. */
export const FETCH_MS = 300_000;

/** The real programs. A test that cannot have them fails, and says how to get them. */
export function realPrograms<N extends ProgramName>(...names: N[]): Promise<Record<N, string>> {
  return findPrograms(names, {
    cacheFolder: CACHE_FOLDER,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
}
