import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Authentication } from './authentication';
import { CORRELATION_HEADER, correlationId } from './correlation';
import { INDEX_PAGE } from './index-page';
import { acceptsGzip, formatFor } from './negotiate';
import { scrape } from './scrape';
import type { Served } from './served';

type Variables = { Variables: { correlationId: string } };

/** Returns the HTTP application. It knows neither sockets nor AWS. */
export function application(served: Served): Hono<Variables> {
  const app = new Hono<Variables>();
  app.use(recorded(served));
  if (served.authentication) app.use(authenticated(served.authentication));
  app.all('*', (c) => {
    const route = Object.hasOwn(ROUTES, c.req.path) ? ROUTES[c.req.path] : undefined;
    if (!route) return answer(c, 404, `${c.req.path.slice(0, 100)}: expected one of ${PATHS}\n`);
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return route(c, served);
    c.header('Allow', 'GET, HEAD');
    return answer(c, 405, `expected GET or HEAD, got ${c.req.method}\n`);
  });
  app.onError((error, c) => {
    served.log({ level: 'error', correlationId: c.get('correlationId'), error: error.stack });
    return answer(c, 500, 'expected an answer, got an error: its correlation id is in the log\n');
  });
  return app;
}

type Route = (c: Context<Variables>, served: Served) => Response | Promise<Response>;

const ROUTES: Readonly<Record<string, Route>> = {
  '/': (c) => answer(c, 200, INDEX_PAGE, 'text/html; charset=utf-8'),
  '/metrics': metrics,
  '/-/healthy': (c) => answer(c, 200, 'healthy\n'),
  '/-/ready': (c, { notReady }) => {
    const reason = notReady();
    return reason === undefined ? answer(c, 200, 'ready\n') : answer(c, 503, `not ready: ${reason}\n`);
  },
};

const PATHS = Object.keys(ROUTES).join(', ');

/** Paths for the health checks of an orchestrator, which has no credentials. */
const OPEN: ReadonlySet<string> = new Set(['/-/healthy', '/-/ready']);

async function metrics(c: Context<Variables>, served: Served): Promise<Response> {
  const gzip = acceptsGzip(c.req.header('accept-encoding'));
  const format = formatFor(c.req.header('accept'));
  const fresh = await served.collectAtScrape?.();
  const options = { snapshot: served.snapshot(), fresh, runtime: served.runtime, format, gzip };
  const { contentType, body } = await scrape(options);
  c.header('Vary', 'Accept, Accept-Encoding');
  if (gzip) c.header('Content-Encoding', 'gzip');
  return answer(c, 200, body, contentType);
}

function answer(
  c: Context,
  status: 200 | 401 | 404 | 405 | 500 | 503,
  body: string | Buffer,
  contentType = 'text/plain; charset=utf-8',
): Response {
  c.header('Content-Type', contentType);
  c.header('Content-Length', String(Buffer.byteLength(body)));
  c.header('X-Content-Type-Options', 'nosniff');
  return c.body(typeof body === 'string' ? body : new Uint8Array(body), status);
}

/** Counts, times and logs each request. */
function recorded({ runtime, log }: Served): MiddlewareHandler<Variables> {
  return async (c, next) => {
    const startedAt = performance.now();
    const id = correlationId(c.req.header(CORRELATION_HEADER));
    c.set('correlationId', id);
    await next();
    c.header(CORRELATION_HEADER, id);
    const { method, path } = c.req;
    const { status } = c.res;
    const seconds = (performance.now() - startedAt) / 1000;
    runtime.httpRequest({ method, code: status, seconds });
    log({ method, path, status, ms: Math.round(seconds * 1e6) / 1e3, correlationId: id });
  };
}

function authenticated({ challenge, accepts }: Authentication): MiddlewareHandler<Variables> {
  return async (c, next) => {
    if (OPEN.has(c.req.path) || accepts(c.req.header('authorization'))) return next();
    c.header('WWW-Authenticate', challenge);
    return answer(c, 401, 'expected credentials, got none or wrong ones\n');
  };
}
