import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServeSettings } from '../../lambdas/catalog/serve-settings';
import { UserError } from '../user-error';

type Place = Pick<ServeSettings, 'host' | 'port' | 'tls'>;

/** A server that listens. */
interface ListeningServer {
  /** The URL without a slash at its end. */
  readonly url: string;
  /** Accepts no more connections, and resolves when the open requests have their answers or the time is over. */
  stop(limitMs: number): Promise<void>;
}

/**
 * Listens on the host and port of the settings.
 * @throws UserError if the address or a file of the settings cannot be used.
 */
export async function listen(
  { host, port, tls }: Place,
  handler: http.RequestListener,
): Promise<ListeningServer> {
  const server = tls ? secureServer(tls, handler) : http.createServer(handler);
  Object.assign(server, LIMITS);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(addressProblem({ host, port }, error)));
    server.listen(port, host, resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `${tls ? 'https' : 'http'}://${name}:${actual}`, stop: (limitMs) => close(server, limitMs) };
}

/** Milliseconds after which a client that sends slowly is disconnected. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000 };

function secureServer(tls: NonNullable<Place['tls']>, handler: http.RequestListener): https.Server {
  const options = tlsOptions(tls);
  try {
    return https.createServer(options, handler);
  } catch (error) {
    const { message } = error as Error;
    throw new UserError(
      `serve.tls: expected a certificate and its private key in PEM, got ${tls.certFile} and ${tls.keyFile} (${message})`,
    );
  }
}

function tlsOptions({ certFile, keyFile }: NonNullable<Place['tls']>): https.ServerOptions {
  const options = { cert: fileOf('certFile', certFile), key: fileOf('keyFile', keyFile) };
  return { ...options, minVersion: 'TLSv1.2' };
}

function fileOf(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`serve.tls.${setting}: expected a PEM file that can be read, got ${file} (${code})`);
  }
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'no permission',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'this host is unknown',
};

function addressProblem(
  { host, port }: Pick<Place, 'host' | 'port'>,
  { code = '', message }: NodeJS.ErrnoException,
): UserError {
  const problem = PROBLEMS[code] ?? message;
  return new UserError(`serve: expected an address to listen on, got ${host}, port ${port}: ${problem}`);
}

function close(server: http.Server | https.Server, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), limitMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
