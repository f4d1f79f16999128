import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { bodyOf, startHttpServer, textOf } from '../support/http-server';

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
  stop(): Promise<void>;
}

/** Starts a proxy for AWS and the gateway that forwards and records every request. */
export async function startRecorder(upstreams: Readonly<Record<Upstream, string>>): Promise<Recorder> {
  const requests: RecordedRequest[] = [];
  let answered = 0;
  const proxyFor = (to: Upstream) =>
    startHttpServer(async (incoming, response) => {
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
  const [aws, gateway] = await Promise.all([proxyFor('aws'), proxyFor('gateway')]);
  const stop = async () => void (await Promise.all([aws.stop(), gateway.stop()]));
  return { urls: { aws: aws.url, gateway: gateway.url }, requests, stop };
}

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
