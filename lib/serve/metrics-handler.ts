import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { application } from './application';
import type { Served } from './served';

/** Returns a request handler for `node:http`, and for frameworks that accept one. */
export function metricsHandler(
  served: Served,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return getRequestListener(application(served).fetch, { overrideGlobalObjects: false });
}
