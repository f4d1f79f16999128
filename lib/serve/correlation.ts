import { randomUUID } from 'node:crypto';

/** The header that identifies a request in the logs of several programs. */
export const CORRELATION_HEADER = 'x-correlation-id';

const ACCEPTED = /^[\w.-]{1,128}$/;

/** Returns the id of a request, or a new one if it has none that is safe to log. */
export function correlationId(given: string | undefined): string {
  return given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
}
