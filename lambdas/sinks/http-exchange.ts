import * as http from 'node:http';
import * as https from 'node:https';

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
  readonly read?: (answer: http.IncomingMessage) => Promise<void>;
}

/** An answer with any status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The body, cut after `limit` bytes. */
  readonly text: string;
}

/**
 * Sends a request and returns its answer. Redirects are not followed. Throws if the connection breaks within the answer.
 * Requests must be idempotent, because a request on a stale connection is sent again over a new one.
 */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** Returns an exchange over its own connections, which are kept between requests. */
export function httpExchange(): HttpExchange {
  const plain = { open: http.request, agent: new http.Agent(KEPT) };
  const secure = { open: https.request, agent: new https.Agent(KEPT) };
  return async (request) => {
    const transport = new URL(request.url).protocol === 'https:' ? secure : plain;
    try {
      return await send(request, transport);
    } catch (error) {
      if (error instanceof StaleConnectionError) return send(request, { ...transport, agent: false });
      throw error;
    }
  };
}

/** Idle connections do not keep a process alive. In a process that lives longer, the timeout closes them. */
const KEPT = { keepAlive: true, timeout: 4_000 };

interface Transport {
  readonly open: typeof http.request;
  /** `false` opens a new connection and does not keep it. */
  readonly agent: http.Agent | false;
}

function send(request: HttpRequest, { open, agent }: Transport): Promise<HttpAnswer> {
  const { method, url, headers, body, signal } = request;
  return new Promise((resolve, reject) => {
    const sent = open(url, { method, agent, signal }, (answer) => resolve(read(answer, request)));
    sent.on('error', (error) => {
      const isStale = sent.reusedSocket && isReset(error);
      reject(isStale ? new StaleConnectionError() : reasonOf(error, signal));
    });
    // NODE_DEBUG=http prints headers that are passed as options, and headers may hold a secret.
    for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
    sent.end(body);
  });
}

async function read(answer: http.IncomingMessage, request: HttpRequest): Promise<HttpAnswer> {
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
