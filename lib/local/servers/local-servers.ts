import { rm } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from './free-port';
import { CACHE_FOLDER, findPrograms, MissingProgramError } from './programs';
import { scrapeIntervalFor, startPrometheus } from './prometheus';
import { startPushgateway } from './pushgateway';
import type { Server } from './server';

/** The servers that functions push to and users look at. */
export interface LocalServers {
  /** The URL that functions push to; absent when the programs are missing. */
  readonly gatewayUrl?: string;
  readonly pushgateway?: Server;
  readonly prometheus?: Server;
  /** The reason why there are no servers. */
  readonly missing?: MissingProgramError;
  stop(): Promise<void>;
}

interface LocalServersOptions {
  /** False to get the URL of a closed port. */
  readonly gateway: boolean;
  /** A Pushgateway that already runs; nothing is started. */
  readonly gatewayUrl?: string;
  readonly progress: (line: string) => void;
  /** Series to expect, about. More series take longer to scrape. @default few */
  readonly series?: number;
  /** Creates the data folder that Prometheus starts with; `stop` removes it. @default Prometheus starts empty */
  readonly past?: (promtool: string) => Promise<string>;
  /** @default findPrograms */
  readonly find?: typeof findPrograms;
}

/** Starts a Pushgateway and a Prometheus that scrapes it, or returns the URL that is given instead. */
export async function startLocalServers(options: LocalServersOptions): Promise<LocalServers> {
  if (options.gatewayUrl) return { gatewayUrl: options.gatewayUrl, stop: async () => {} };
  if (!options.gateway) return { gatewayUrl: `http://127.0.0.1:${await freePort(0)}`, stop: async () => {} };
  try {
    return await start(options);
  } catch (error) {
    if (error instanceof MissingProgramError) return { missing: error, stop: async () => {} };
    throw error;
  }
}

async function start({
  progress,
  past,
  series = 0,
  find = findPrograms,
}: LocalServersOptions): Promise<LocalServers> {
  const names = ['prometheus-pushgateway', 'prometheus', 'promtool'] as const;
  const programs = await find(names, { cacheFolder: CACHE_FOLDER, progress });
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of started.reverse()) await end();
  };
  try {
    const data = await past?.(programs.promtool);
    if (data) started.push(() => rm(data, { recursive: true, force: true }));
    const pushgateway = await startPushgateway(programs['prometheus-pushgateway']);
    started.push(() => pushgateway.stop());
    const scrapeIntervalMs = scrapeIntervalFor(series);
    const options = { pushgatewayUrl: pushgateway.url, ruleFiles: [ALERTS], data, scrapeIntervalMs };
    const prometheus = await startPrometheus(programs.prometheus, options);
    started.push(() => prometheus.stop());
    progress(`started Pushgateway ${pushgateway.url} and Prometheus ${prometheus.url}`);
    return { gatewayUrl: pushgateway.url, pushgateway, prometheus, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const ALERTS = path.resolve(__dirname, '../../../docs/alerts/*.yml');
