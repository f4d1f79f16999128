import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A request of a function; the floor repeats it. */
export interface RecordedRequest {
  readonly to: Upstream;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Body, unzipped. */
  readonly body: string;
  /** Status of the answer. */
  readonly status?: number;
  /** Number of answers that the function had before it sent this request; the floor waits for as many. */
  readonly after: number;
}

export type Upstream = 'aws' | 'gateway';

export interface Recorder {
  /** URL of the recorder for each upstream. */
  readonly urls: Readonly<Record<Upstream, string>>;
  /** Recorded requests, in the order of their arrival. */
  readonly requests: readonly RecordedRequest[];
  stop(): void;
}

/** Starts a proxy for AWS and the gateway that forwards and records every request. */
export async function startRecorder(upstreams: Readonly<Record<Upstream, string>>): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  let answered = 0;
  const proxyFor = (to: Upstream) =>
    createServer(async (incoming, response) => {
      const after = answered;
      const body = await bodyOf(incoming);
      const { method = '', url: path = '', headers } = incoming;
      const place = requests.push({ to, method, path, headers, body: textOf(headers, body), after }) - 1;
      response.on('finish', () => {
        answered += 1;
        const recorded = requests[place];
        if (recorded) requests[place] = { ...recorded, status: response.statusCode };
      });
      forward(incoming, { url: `${upstreams[to]}${path}`, body, response });
    });
  const [aws, gateway] = [proxyFor('aws'), proxyFor('gateway')];
  const urls = { aws: await listening(aws), gateway: await listening(gateway) };
  return { urls, requests, stop: () => [aws, gateway].forEach(close) };
}

type Server = ReturnType<typeof createServer>;

function forward(
  { method, headers }: IncomingMessage,
  { url, body, response }: { url: string; body: Buffer; response: ServerResponse },
): void {
  const sent = request(url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  sent.on('error', () => response.destroy());
  sent.end(body);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function textOf(headers: IncomingHttpHeaders, body: Buffer): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): void {
  server.closeAllConnections();
  server.close();
}
