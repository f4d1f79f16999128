import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The receiver of the digest on this machine. */
export interface DigestReceiver {
  readonly url: string;
  /** The bodies so far, the latest last. */
  readonly messages: readonly string[];
  stop(): Promise<void>;
}

/** Accepts posts as a chat's webhook would. */
export async function startDigestReceiver(): Promise<DigestReceiver> {
  const messages: string[] = [];
  const server = createServer((request, response) => {
    body(request).then(
      (text) => {
        messages.push(text);
        response.end('ok');
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/webhook`, messages, stop };
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
