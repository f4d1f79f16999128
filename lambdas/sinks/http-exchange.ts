import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Transport, type TransportOptions, transports } from './transport';

/** A request with a limit for its answer. */
export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Ends the exchange at any time: before the connection, before the answer, or while the answer is read. */
  readonly signal: AbortSignal;
  /** Bytes of the answer to read; the connection to a longer answer is closed. */
  readonly limit: number;
  /** Reads the body of an answer with status 200 as it arrives. The text of the answer is then empty. */
  readonly read?: (answer: IncomingMessage) => Promise<void>;
}

/** An answer with any status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body, cut after `limit` bytes. */
  readonly text: string;
  /** True if the proxy refused, and the server did not get the request. */
  readonly isOfProxy?: boolean;
}

/**
 * Sends a request and returns its answer. Redirects are not followed. Throws if the connection breaks within the answer.
 * Requests must be idempotent, because a request on a stale connection is sent again over a new one.
 */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** Returns an exchange over its own connections, which are kept between requests. */
export function httpExchange(options: TransportOptions = {}): HttpExchange {
  const ways = transports(options);
  return async (request) => {
    const transport = new URL(request.url).protocol === 'https:' ? ways['https:'] : ways['http:'];
    try {
      return await send(request, transport);
    } catch (error) {
      if (error instanceof StaleConnectionError)
        return send(request, { ...transport, agent: transport.fresh() });
      throw error;
    }
  };
}

function send(request: HttpRequest, transport: Transport): Promise<HttpAnswer> {
  const { headers, body, signal } = request;
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw signal.reason;
    const { sent, host } = opened(request, transport);
    let isOfProxy = false;
    sent.on('response', (answer) => {
      isOfProxy ||= transport.forwards && answer.statusCode === PROXY_AUTHENTICATION;
      resolve(read(answer, request).then((read) => (isOfProxy ? { ...read, isOfProxy } : read)));
    });
    sent.on('error', (error) => {
      const isStale = sent.reusedSocket && isReset(error);
      reject(isStale ? new StaleConnectionError() : reasonOf(error, signal));
    });
    // The answer of a proxy that opens no tunnel looks like an answer of the server.
    sent.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      isOfProxy = statusCode !== 200;
    });
    // A request that waits for a tunnel has no socket, and then Node.js does not report its abort.
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    sent.on('close', () => signal.removeEventListener('abort', abort));
    // NODE_DEBUG=http prints headers that are passed as options, and headers may hold a secret.
    for (const [name, value] of Object.entries({ Host: host, ...headers })) sent.setHeader(name, value);
    sent.end(body);
  });
}

const PROXY_AUTHENTICATION = 407;

function opened({ method, url, signal }: HttpRequest, { open, agent, target, secureContext }: Transport) {
  const { server, path, host } = target(new URL(url));
  const options = { method, path, agent, signal, secureContext, attempt: signal };
  return { sent: open(server, options), host };
}

async function read(answer: IncomingMessage, request: HttpRequest): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = answer;
  try {
    if (!request.read || status !== 200) return { status, headers, text: await textOf(answer, request) };
    await request.read(answer);
    return { status, headers, text: '' };
  } catch (error) {
    throw reasonOf(new Error('the connection was cut within the answer', { cause: error }), request.signal);
  }
}

/** Reads to the end, because a connection with an unread answer cannot be used again. The limit is for endless error pages. */
async function textOf(answer: AsyncIterable<Buffer>, { limit }: HttpRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) break; // Leaving the loop closes the connection.
  }
  return Buffer.concat(chunks).subarray(0, limit).toString();
}

/** Returns the signal's own reason after an abort, because Node.js reports an abort within an answer as a reset. */
function reasonOf(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : error;
}

function isReset(error: unknown): boolean {
  const { code } = Object(error) as { code?: string };
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** Thrown when the server had closed a kept connection before the request arrived. */
class StaleConnectionError extends Error {}
