import { createServer, type Server } from 'node:net';

/**
 * Returns a port of 127.0.0.1 on which no program listens: the given one, or any for 0. Another process may take it
 * before it is used. Throws the system's error when the given port is taken.
 */
export async function freePort(port: number): Promise<number> {
  const server = createServer();
  await listen(server, port);
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') {
    throw new Error(`expected a port, got ${address}`);
  }
  return address.port;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
