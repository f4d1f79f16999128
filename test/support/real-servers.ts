import { CACHE_FOLDER, findPrograms, type ProgramName } from '../../lib/local/servers/programs';
import { startPushgateway } from '../../lib/local/servers/pushgateway';
import type { Server } from '../../lib/local/servers/server';

/** Resolves with the real programs. If one is missing, the test fails with an error that says how to get it. */
export function realPrograms<N extends ProgramName>(...names: N[]): Promise<Record<N, string>> {
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return findPrograms(names, { cacheFolder: CACHE_FOLDER, progress });
}

export async function realPushgateway(options?: { webConfigFile?: string }): Promise<Server> {
  const programs = await realPrograms('prometheus-pushgateway');
  return startPushgateway(programs['prometheus-pushgateway'], options);
}
