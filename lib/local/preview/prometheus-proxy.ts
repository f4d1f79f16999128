import { type Answer, json } from './answer';

const READING = /^\/api\/v1\/(query|query_range|series|label\/\w+\/values)$/;

/** Prometheus itself ends a query after two minutes, with an error that says so. */
const ANSWER_MS = 130_000;

/** Reports whether the path is an endpoint of Prometheus that only reads. */
export function isReading(pathname: string): boolean {
  return READING.test(pathname);
}

/** Returns Prometheus' answer. Without one, returns the reason in the format of Prometheus' errors. */
export async function askPrometheus(prometheusUrl: string, { pathname, search }: URL): Promise<Answer> {
  try {
    const response = await fetch(`${prometheusUrl}${pathname}${search}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const headers = { 'content-type': response.headers.get('content-type') ?? 'text/plain' };
    return { status: response.status, headers, body: await response.text() };
  } catch (error) {
    return json(502, {
      status: 'error',
      error: `no answer from Prometheus at ${prometheusUrl}: ${why(error)}`,
    });
  }
}

/** Returns the reason of a failed fetch, which is in `cause`. */
function why(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message ?? message;
}
