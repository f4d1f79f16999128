import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A forward proxy that counts what passes. */
export interface ConnectProxy {
  readonly url: string;
  /** The targets of tunnels, one for each connection. */
  readonly tunnels: readonly string[];
  /** The URLs of requests that were sent on. */
  readonly forwarded: readonly string[];
  stop(): Promise<void>;
}

/** Starts a forward proxy for tunnels and for plain requests. It refuses with a status, if one is given. */
export async function startConnectProxy(refusal?: () => number | undefined): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const forwarded: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer((incoming, answer) => {
    const { method, url = '', headers } = incoming;
    forwarded.push(url);
    const status = refusal?.();
    if (status) return void answer.writeHead(status).end('refused\n');
    const onward = request(url, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.on('connect', ({ url = '' }, client: Duplex, head: Buffer) => {
    tunnels.push(url);
    open.add(client);
    client.on('error', () => {});
    const status = refusal?.();
    if (status) return void client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 8\r\n\r\nrefused\n`);
    const { hostname, port } = new URL(`http://${url}`);
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      client.pipe(onward).pipe(client);
    });
    open.add(onward);
    onward.on('error', () => client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tunnels, forwarded, stop };
}
