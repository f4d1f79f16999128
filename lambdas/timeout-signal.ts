/**
 * Returns a signal that aborts after the time with a TimeoutError. Use it with `AbortSignal.any`: Node.js 20 forgets an
 * `AbortSignal.timeout` of which only `AbortSignal.any` knows, and the operation then waits for ever.
 */
export function timeoutSignal(ms: number): AbortSignal {
  const timeout = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  setTimeout(() => timeout.abort(reason), ms).unref();
  return timeout.signal;
}
