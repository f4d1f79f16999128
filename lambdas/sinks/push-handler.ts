import { type HttpExchange, type HttpRequest, httpExchange } from './http-exchange';
import type { TransportOptions } from './transport';

/**
 * Sends a request to a sink and returns its answer. `send` is the sink's own exchange, with its certificates and its proxy; a
 * handler may change the request before it calls `send`, or use another transport. It is called again for each retry, and aborts
 * with the request's signal.
 */
export type PushHandler = (request: HttpRequest, send: HttpExchange) => ReturnType<HttpExchange>;

/** Returns an exchange through a user's handler. */
export function handledExchange(push: PushHandler, options: TransportOptions): HttpExchange {
  const send = httpExchange(options);
  return (request) => push(request, send);
}
