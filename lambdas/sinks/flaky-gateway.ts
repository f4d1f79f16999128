import type { HttpAnswer, HttpExchange, HttpRequest } from './http-exchange';
import { type Retries, withRetries } from './retries';
import type { Timing } from './timing';

interface GatewayOptions {
  /** Sent with each request: `Authorization`, `X-BK-TOKEN`, … */
  readonly headers: Readonly<Record<string, string>>;
  /** Time for an attempt and its complete answer. All attempts at a request take at most half as long again. */
  readonly timeoutMs: number;
  readonly exchange: HttpExchange;
  readonly timing: Timing;
  /** URL that is asked when other requests get no answer. */
  readonly checkUrl: string;
}

/** A request to a gateway. */
export type GatewayRequest = Pick<HttpRequest, 'method' | 'url' | 'signal'> &
  Partial<Pick<HttpRequest, 'headers' | 'body' | 'read'>>;

/** A gateway that may be flaky, and that may go down. */
export interface FlakyGateway {
  /**
   * Retries a request that gets no answer, 429 or 5xx. Rejects without a complete answer. When the gateway has stopped
   * answering, all further requests fail at once for the same reason.
   */
  send(request: GatewayRequest): Promise<HttpAnswer>;
  /** Retries in the same way within the given time. A failure says nothing about other requests. */
  read(request: GatewayRequest, ms: number): Promise<HttpAnswer>;
  /** Resolves with an answer of any status. A gateway that has stopped answering is asked once. */
  check(signal: AbortSignal): Promise<HttpAnswer>;
}

/** Returns a gateway that remembers between requests whether it answers. */
export function flakyGateway(options: GatewayOptions): FlakyGateway {
  const { timeoutMs } = options;
  /** The reason after which nothing is sent. */
  let down: { readonly reason: unknown } | undefined;
  /** True after all attempts at a request have failed, until a request succeeds. Requests are then tried once. */
  let isSpent = false;
  const isWell = () => !down && !isSpent;
  const check = (signal: AbortSignal, limits: Pick<Retries, 'mayRetry'>) =>
    attempt({ method: 'GET', url: options.checkUrl, signal }, options, {
      attemptMs: timeoutMs / 2,
      isFinal: (answer) => !answer.isOfProxy || !isTransient(answer),
      ...limits,
    });

  return {
    async send(request) {
      if (down) throw down.reason;
      try {
        const answer = await attempt(request, options, { mayRetry: isWell });
        isSpent = isTransient(answer);
        return answer;
      } catch (reason) {
        isSpent = true;
        // The cause may be this request alone, such as a limit of a proxy.
        const checked = await Promise.allSettled([check(request.signal, { mayRetry: () => false })]);
        if (checked[0].status === 'rejected' && !request.signal.aborted) down ??= { reason };
        throw reason;
      }
    },

    async read(request, ms) {
      if (down) throw down.reason;
      return attempt(request, options, { attemptMs: ms, totalMs: ms, mayRetry: isWell });
    },

    async check(signal) {
      try {
        const answer = await check(signal, { mayRetry: () => !down });
        down = undefined;
        return answer;
      } catch (reason) {
        if (!signal.aborted) down ??= { reason };
        throw reason;
      }
    },
  };
}

function attempt(
  request: GatewayRequest,
  { headers, timeoutMs, exchange, timing }: GatewayOptions,
  limits: Partial<Retries> & Pick<Retries, 'mayRetry'>,
): Promise<HttpAnswer> {
  const all = { ...headers, ...request.headers };
  return withRetries((signal) => exchange({ ...request, headers: all, signal, limit: ANSWER_BYTES }), {
    attemptMs: timeoutMs,
    totalMs: 1.5 * timeoutMs,
    isFinal: (answer) => !isTransient(answer),
    signal: request.signal,
    timing,
    ...limits,
  });
}

/** Bytes read of an answer. */
const ANSWER_BYTES = 64 * 1024;

/** Reports whether the same request may succeed later: after 429 and 5xx, and never after another 4xx. */
function isTransient({ status }: HttpAnswer): boolean {
  return status === 429 || status >= 500;
}
