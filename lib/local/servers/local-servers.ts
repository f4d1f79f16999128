import { freePort } from './free-port';
import { CACHE_FOLDER, findPrograms, MissingProgramError } from './programs';
import { startPrometheus } from './prometheus';
import { startPushgateway } from './pushgateway';
import type { Server } from './server';

/** The servers that the functions push to and people look at. */
export interface LocalServers {
  /** What the functions are given; `stdout:` where the programs are missing. */
  readonly gatewayUrl: string;
  readonly pushgateway?: Server;
  readonly prometheus?: Server;
  /** Why there are none. */
  readonly missing?: MissingProgramError;
  stop(): Promise<void>;
}

/** A real Pushgateway and a real Prometheus that scrapes it; with `gateway` false, a URL where nothing listens. */
export async function startLocalServers(options: {
  gateway: boolean;
  progress: (line: string) => void;
}): Promise<LocalServers> {
  if (!options.gateway) return { gatewayUrl: `http://127.0.0.1:${await freePort(0)}`, stop: async () => {} };
  try {
    return await start(options.progress);
  } catch (error) {
    if (error instanceof MissingProgramError)
      return { gatewayUrl: 'stdout:', missing: error, stop: async () => {} };
    throw error;
  }
}

async function start(progress: (line: string) => void): Promise<LocalServers> {
  const names = ['prometheus-pushgateway', 'prometheus'] as const;
  const programs = await findPrograms(names, { cacheFolder: CACHE_FOLDER, progress });
  const pushgateway = await startPushgateway(programs['prometheus-pushgateway']);
  try {
    const prometheus = await startPrometheus(programs.prometheus, { pushgatewayUrl: pushgateway.url });
    progress(`started Pushgateway ${pushgateway.url} and Prometheus ${prometheus.url}`);
    const stop = async () => void (await Promise.all([prometheus.stop(), pushgateway.stop()]));
    return { gatewayUrl: pushgateway.url, pushgateway, prometheus, stop };
  } catch (error) {
    await pushgateway.stop();
    throw error;
  }
}
