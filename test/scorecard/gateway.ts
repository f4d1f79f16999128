import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { freePort } from '../../lib/local/servers/free-port';
import { type Server, startServer } from '../../lib/local/servers/server';
import { realPrograms } from '../support/real-servers';

/** A real Pushgateway that a row may stop and start again at its address. */
export interface Gateway {
  readonly url: string;
  /** Where it keeps what was pushed, when it is `kept`. */
  readonly file: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it for good. */
  remove(): Promise<void>;
}

/** @param kept true: what was pushed is read again from a file after a start. */
export async function startGateway({ kept = false, webConfigFile = '' } = {}): Promise<Gateway> {
  const programs = await realPrograms('prometheus-pushgateway');
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-gateway-'));
  const file = path.join(folder, 'kept');
  const port = await freePort(0);
  const options = [`--persistence.file=${kept ? file : ''}`, `--web.config.file=${webConfigFile}`];
  let server: Server | undefined;
  const gateway = {
    url: `http://127.0.0.1:${port}`,
    file,
    start: async () => {
      server = await startServer({
        program: programs['prometheus-pushgateway'],
        args: (address) => [`--web.listen-address=${address}`, ...options],
        port,
        readyStatuses: webConfigFile ? [200, 401] : [200],
      });
    },
    stop: async () => server?.stop(),
    remove: async () => {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await gateway.start();
  return gateway;
}
