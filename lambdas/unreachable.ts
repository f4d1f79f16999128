/** Errors of Node.js for a host that gives no answer. */
const NO_ANSWER: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

interface NetworkError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Reports whether the host of a request could not be reached. An answer, such as a denial, shows that it could. */
export function isUnreachable(error: unknown): boolean {
  const { name, code = '', $metadata } = Object(error) as NetworkError;
  if ($metadata?.httpStatusCode !== undefined) return false;
  return name === 'TimeoutError' || NO_ANSWER.has(code);
}
