import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { type Server, startServer } from '../../lib/local/servers/server';
import { realPrograms } from '../support/real-servers';

/** A real Pushgateway that a row may stop and start again at its address. */
export interface Gateway {
  readonly url: string;
  /** File that holds the pushed groups if the gateway is `kept`. */
  readonly file: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops the gateway for good. */
  remove(): Promise<void>;
}

/** @param kept true: the gateway reads the pushed groups from its file when it starts again. */
export async function startGateway({ kept = false, webConfigFile = '' } = {}): Promise<Gateway> {
  const programs = await realPrograms('prometheus-pushgateway');
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-gateway-'));
  const file = path.join(folder, 'kept');
  const options = [`--persistence.file=${kept ? file : ''}`, `--web.config.file=${webConfigFile}`];
  const startAt = (port?: number) =>
    startServer({
      program: programs['prometheus-pushgateway'],
      args: (address) => [`--web.listen-address=${address}`, ...options],
      port,
      readyStatuses: webConfigFile ? [200, 401] : [200],
    });
  // The first start takes any free port: two gateways that start together might find the same one.
  let server: Server = await startAt();
  const { url } = server;
  return {
    url,
    file,
    start: async () => {
      server = await startAt(Number(new URL(url).port));
    },
    stop: () => server.stop(),
    remove: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
