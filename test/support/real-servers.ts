import { CACHE_FOLDER, findPrograms, type ProgramName } from '../../lib/local/servers/programs';
import { startPushgateway } from '../../lib/local/servers/pushgateway';
import type { Server } from '../../lib/local/servers/server';

/** The real programs. A test that cannot have them fails, and says how to get them. */
export function realPrograms<N extends ProgramName>(...names: N[]): Promise<Record<N, string>> {
  const progress = (line: string) => void process.stderr.write(`${line}\n`);
  return findPrograms(names, { cacheFolder: CACHE_FOLDER, progress });
}

export async function realPushgateway(options?: { webConfigFile?: string }): Promise<Server> {
  const programs = await realPrograms('prometheus-pushgateway');
  return startPushgateway(programs['prometheus-pushgateway'], options);
}
