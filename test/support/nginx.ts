import * as path from 'node:path';
import { type Server, startServer } from '../../lib/local/servers/server';
import type { Authority } from './certificates';
import { realPrograms } from './real-servers';

interface NginxOptions {
  /** The server behind nginx. */
  readonly upstream: string;
  /** The path that requests need before that of the server, such as `/base/`. */
  readonly basePath: string;
  /** A header of each request, and the value that it needs. */
  readonly token: readonly [header: string, value: string];
  /** Issues the certificate of nginx. */
  readonly authority: Authority;
  /** The authority of client certificates. @default none is demanded */
  readonly clientAuthority?: Authority;
}

/** Starts a real nginx with TLS that protects a server as a team would. Its port is one of 127.0.0.1. */
export async function startNginx(options: NginxOptions): Promise<Server> {
  const { nginx } = await realPrograms('nginx');
  const { cert, key } = options.authority.issue('nginx', { host: '127.0.0.1' });
  const { clientAuthority } = options;
  const server = await startServer({
    program: nginx,
    files: {
      'nginx.conf': (address) => configuration(address, options),
      'cert.pem': cert,
      'key.pem': key,
      ...(clientAuthority && { 'clients.pem': clientAuthority.ca }),
    },
    args: (_, folder) => ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'],
    readyStatuses: [400], // nginx answers so to plain HTTP at a port with TLS.
  });
  return { ...server, url: server.url.replace('http:', 'https:') };
}

/** Returns the configuration. nginx runs as the user of the test, in one process, and writes only to its own folder. */
function configuration(address: string, options: NginxOptions): string {
  const { upstream, basePath, token, clientAuthority } = options;
  const [header, value] = token;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
    daemon off; master_process off; pid nginx.pid;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${name};`).join(' ')}
      map $http_${header.toLowerCase().replaceAll('-', '_')} $is_allowed { default 0; "${value}" 1; }
      server {
        listen ${address} ssl;
        ssl_certificate cert.pem;
        ssl_certificate_key key.pem;
        ${clientAuthority ? `ssl_client_certificate clients.pem; ssl_verify_client on;` : ''}
        location ${basePath} {
          if ($is_allowed = 0) { return 401; }
          client_max_body_size 100m;
          proxy_http_version 1.1;
          proxy_pass ${upstream}/;
        }
      }
    }`;
}
