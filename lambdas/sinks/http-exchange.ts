import * as http from 'node:http';
import * as https from 'node:https';

export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Ends the exchange at any point: before the connection, before the answer, or within it. */
  readonly signal: AbortSignal;
  /** Bytes of the answer to read; the connection to a longer answer is closed. */
  readonly limit: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** At most `limit` bytes of it. */
  readonly text: string;
}

/**
 * Sends a request and reads its answer. Follows no redirect, and throws for an answer that is cut. Requests must be
 * idempotent: one that meets a connection which the server has closed in the meantime is sent again over a new one.
 */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** An exchange over connections of its own, which are kept between requests. */
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

/** Node.js lets a process end beside idle connections; the timeout closes them in a process that stays. */
const KEPT = { keepAlive: true, timeout: 4_000 };

interface Transport {
  readonly open: typeof http.request;
  /** `false` is a new connection that is not kept. */
  readonly agent: http.Agent | false;
}

function send(request: HttpRequest, { open, agent }: Transport): Promise<HttpAnswer> {
  const { method, url, headers, body, signal } = request;
  return new Promise((resolve, reject) => {
    const sent = open(url, { method, agent, signal }, (answer) => resolve(read(answer, request)));
    sent.on('error', (error) => {
      const isStale = sent.reusedSocket && isReset(error) && !signal.aborted;
      reject(isStale ? new StaleConnectionError() : reasonOf(error, signal));
    });
    // Options of the request would be printed by NODE_DEBUG=http, and headers may hold a secret.
    for (const [name, value] of Object.entries(headers)) sent.setHeader(name, value);
    sent.end(body);
  });
}

/** Reads to the end, as a connection with an unread answer cannot be used again, or up to the limit: an error page can be endless. */
async function read(answer: http.IncomingMessage, { limit, signal }: HttpRequest): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > limit) break; // which closes the connection
    }
  } catch (error) {
    const cut = new Error('the connection was cut within the answer', { cause: error });
    throw reasonOf(isReset(error) ? cut : error, signal);
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8', 0, limit) };
}

/** Node.js reports an abort as a reset where it ends an answer. */
function reasonOf(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : error;
}

function isReset(error: unknown): boolean {
  const { code = '' } = Object(error) as { code?: string };
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** The server had closed the kept connection before the request arrived. */
class StaleConnectionError extends Error {
  override readonly name = 'StaleConnectionError';
}
