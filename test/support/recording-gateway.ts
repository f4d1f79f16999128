import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A request that the gateway received. */
export interface PushedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Body, unzipped. */
  readonly body: string;
}

export interface RecordingGateway {
  readonly url: string;
  readonly requests: readonly PushedRequest[];
  /** Exposition of each group by its name: `{"job":"…","account_id":"…"}`. */
  readonly groups: ReadonlyMap<string, string>;
  /** Forgets every request and group. */
  clear(): void;
  stop(): Promise<void>;
}

export type Answering = (request: PushedRequest, response: ServerResponse) => void;

/** Starts a server that records PUT and DELETE like a Pushgateway, or answers in the way that a test chooses. */
export async function startRecordingGateway(answer: Answering = accept): Promise<RecordingGateway> {
  const requests: PushedRequest[] = [];
  const groups = new Map<string, string>();
  const server = createServer(async (incoming, response) => {
    const request = await read(incoming);
    requests.push(request);
    if (request.method === 'PUT') groups.set(groupName(request.url), request.body);
    else groups.delete(groupName(request.url));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const clear = () => {
    requests.length = 0;
    groups.clear();
  };
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, requests, groups, clear, stop };
}

function accept(_: PushedRequest, response: ServerResponse): void {
  response.writeHead(200).end();
}

async function read(incoming: IncomingMessage): Promise<PushedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = '', url = '', headers } = incoming;
  const body = Buffer.concat(chunks);
  const isZipped = headers['content-encoding'] === 'gzip';
  return { method, url, headers, body: (isZipped ? gunzipSync(body) : body).toString() };
}

/** Returns the grouping key in a path `/metrics/LABEL@base64/VALUE/…`. */
function groupName(url: string): string {
  const [, , ...parts] = url.split('/');
  const pairs = parts.flatMap((part, i) =>
    i % 2 === 0 ? [[part.replace('@base64', ''), decoded(parts[i + 1])]] : [],
  );
  return JSON.stringify(Object.fromEntries(pairs));
}

function decoded(value = ''): string {
  return Buffer.from(value, 'base64url').toString();
}
