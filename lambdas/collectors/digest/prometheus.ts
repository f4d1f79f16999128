import { firstLine, NoAnswerError } from './answer';
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
  const response = await answerOf(url, options).catch((error: unknown) => {
    throw new NoAnswerError(whose, error);
  });
  if (response.status !== 200) {
    const said = await firstLine(response, secretsIn(options.headers));
    throw new Error(`expected 200 from ${whose}, got ${response.status}: ${said}`);
  }
  return seriesIn(await bodyOf(response, whose), whose);
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
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}

/** Returns the values of the headers and each of their words, such as the token after `Bearer`. */
function secretsIn(headers: Readonly<Record<string, string>>): string[] {
  return Object.values(headers)
    .flatMap((value) => [value, ...value.split(' ')])
    .filter(({ length }) => length > 3);
}

async function bodyOf(response: Response, whose: string): Promise<unknown> {
  const type = response.headers.get('content-type') ?? 'no content type';
  const text = await response.text().catch((error: unknown) => {
    throw new NoAnswerError(whose, error);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected JSON from ${whose}, got ${type}`);
  }
}

function seriesIn(body: unknown, whose: string): Series[] {
  const { status, data } = Object(body) as {
    status?: unknown;
    data?: { resultType?: unknown; result?: unknown };
  };
  if (status !== 'success' || data?.resultType !== 'vector' || !Array.isArray(data.result)) {
    throw new Error(`expected a vector from ${whose}, got status ${status} and type ${data?.resultType}`);
  }
  return data.result.map((one: VectorElement) => ({ labels: one.metric, value: numberOf(one, whose) }));
}

interface VectorElement {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [seconds: number, text: string];
}

function numberOf({ metric, value: [, text] }: VectorElement, whose: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new Error(`expected finite numbers from ${whose}, got "${text}" for ${JSON.stringify(metric)}`);
}
