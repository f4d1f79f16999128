import { type Server, startServer } from './server';

interface PushgatewayOptions {
  /** Port of 127.0.0.1. @default any that is free */
  readonly port?: number;
  /** The file for `--web.config.file`, for basic auth; loopback needs no TLS. @default no authentication */
  readonly webConfigFile?: string;
}

/** Starts an empty Pushgateway that stores nothing on disk. */
export function startPushgateway(program: string, options: PushgatewayOptions = {}): Promise<Server> {
  const { port, webConfigFile } = options;
  return startServer({
    program,
    port,
    args: (address) => [
      `--web.listen-address=${address}`,
      '--persistence.file=', // Debian's default is a file of the system.
      ...(webConfigFile === undefined ? [] : [`--web.config.file=${webConfigFile}`]),
    ],
    readyStatuses: webConfigFile === undefined ? [200] : [200, 401], // Authentication covers /-/ready also.
  });
}
