import { timeoutSignal } from '../../timeout-signal';
import { firstLine, NoAnswerError, withheld } from './answer';
import type { Series } from './port';

interface PrometheusOptions {
  /** Base URL, with or without a path and a trailing slash. */
  readonly url: string;
  /** Headers of each request, such as `Authorization` or `X-Scope-OrgID`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** @default 20 000 */
  readonly timeoutMs?: number;
}

/** Sends an instant query as of a moment. Throws unless the answer is a vector of finite numbers. */
export async function instantQuery(
  options: PrometheusOptions,
  expression: string,
  at: Date,
): Promise<Series[]> {
  const url = queryUrl(options.url, expression, at);
  const whose = `Prometheus at ${url.host}`;
  const server = { whose, hasSecrets: Object.keys(options.headers).length > 0 };
  const response = await answerOf(url, options).catch((error: unknown) => {
    throw new NoAnswerError(whose, error);
  });
  if (response.status !== 200) {
    const said = shown(server, await firstLine(response));
    throw new Error(`expected 200 from ${whose}, got ${response.status}: ${said}`);
  }
  return seriesIn(await bodyOf(response, server), server);
}

interface Server {
  /** The name of the server in errors. */
  readonly whose: string;
  readonly hasSecrets: boolean;
}

/** Returns a part of the answer for an error, unless the server knows secret headers. */
function shown({ hasSecrets }: Server, part: string): string {
  return hasSecrets ? withheld('secret headers') : part;
}

function queryUrl(base: string, query: string, at: Date): URL {
  const time = String(at.getTime() / 1000);
  const url = new URL(`${base.replace(/\/+$/, '')}/api/v1/query?${new URLSearchParams({ query, time })}`);
  if (url.username || url.password)
    throw new Error(
      `Prometheus at ${url.host}: expected a URL without credentials, which belong in the headers`,
    );
  return url;
}

function answerOf(url: URL, { headers, signal, timeoutMs = 20_000 }: PrometheusOptions): Promise<Response> {
  return fetch(url, {
    headers: { Accept: 'application/json', ...headers },
    redirect: 'manual',
    signal: AbortSignal.any([signal, timeoutSignal(timeoutMs)]),
  });
}

async function bodyOf(response: Response, server: Server): Promise<unknown> {
  const type = response.headers.get('content-type') ?? 'no content type';
  const text = await response.text().catch((error: unknown) => {
    throw new NoAnswerError(server.whose, error);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected JSON from ${server.whose}, got ${shown(server, type)}`);
  }
}

function seriesIn(body: unknown, server: Server): Series[] {
  const { status, data } = Object(body) as {
    status?: unknown;
    data?: { resultType?: unknown; result?: unknown };
  };
  if (status !== 'success' || data?.resultType !== 'vector' || !Array.isArray(data.result)) {
    const got = shown(server, `status ${status} and type ${data?.resultType}`);
    throw new Error(`expected a vector from ${server.whose}, got ${got}`);
  }
  return data.result.map((one: VectorElement) => ({ labels: one.metric, value: numberOf(one, server) }));
}

interface VectorElement {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, text: string];
}

function numberOf({ metric, value: [, text] }: VectorElement, server: Server): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  const got = shown(server, `"${text}" for ${JSON.stringify(metric)}`);
  throw new Error(`expected finite numbers from ${server.whose}, got ${got}`);
}
