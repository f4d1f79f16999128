import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where the digest is posted on this machine. */
export interface DigestReceiver {
  readonly url: string;
  /** The bodies that came, the latest last. */
  readonly messages: readonly string[];
  stop(): Promise<void>;
}

/** Takes what is posted, as a chat's webhook would. */
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
