import { CACHE_FOLDER, findPrograms } from '../../lib/local/servers/programs';
import { startPushgateway } from '../../lib/local/servers/pushgateway';
import type { Server } from '../../lib/local/servers/server';

/** A real Pushgateway, found or fetched; a machine that has none and can get none fails the test and says how to get one. */
export async function realPushgateway(options?: { webConfigFile?: string }): Promise<Server> {
  return startPushgateway(await program('prometheus-pushgateway'), options);
}

export async function program(name: 'prometheus-pushgateway' | 'prometheus' | 'promtool'): Promise<string> {
  const found = await findPrograms([name], { cacheFolder: CACHE_FOLDER, progress: console.warn });
  return found[name];
}
