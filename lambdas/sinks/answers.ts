import type { GroupName } from '../metrics/group';
import type { HttpAnswer } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';

/** The origin of an answer. */
export interface Origin {
  /** Base URL of the Pushgateway. */
  readonly url: string;
  /** True if requests hold secret headers. A gateway or a proxy may echo them, so no part of an answer is then shown. */
  readonly hasSecrets: boolean;
  /** The group that the request was about. */
  readonly group?: GroupName;
}

/** Reports whether the answer is that of a Pushgateway which has accepted a group. */
export function isAccepted(answer: HttpAnswer): boolean {
  return (answer.status === 200 || answer.status === 202) && !isWebPage(answer);
}

/** Throws a PushError for any status but 200 and 202, and for a web page. */
export function demandAccepted(answer: HttpAnswer, origin: Origin): void {
  demandNoWebPage(answer, origin);
  if (isAccepted(answer)) return;
  const { status, text } = answer;
  const shown = origin.hasSecrets
    ? '(answer withheld: it could echo the secret headers)'
    : firstLine(text) || '(empty answer)';
  const problem = `expected 200 or 202 from the Pushgateway at ${origin.url}, got ${status}: ${shown}`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for the page that web servers, logins and applications answer to any request. */
export function demandNoWebPage(answer: HttpAnswer, { url, hasSecrets, group }: Origin): void {
  if (answer.status !== 200 || !isWebPage(answer)) return;
  const type = hasSecrets
    ? 'content type withheld'
    : `content type ${firstLine(typeOf(answer)) || 'missing'}`;
  const problem = `expected a Pushgateway at ${url}, got an HTML page (${type}): check its URL in the setting sinks`;
  throw new PushError(group, problem, answer.status);
}

/** Returns the error for a request without a complete answer. */
export function noAnswer(reason: unknown, { url, group }: Origin, signal: AbortSignal): PushError {
  const problem = `no answer from the Pushgateway at ${url}: ${causeOf(reason)}`;
  return signal.aborted ? new PushTimeoutError(group, problem) : new PushError(group, problem);
}

/** Returns the error for a gateway that accepts a group uncompressed and not compressed. */
export function noGzip({ url, group }: Origin): PushError {
  return new PushError(
    group,
    `expected a Pushgateway of version 1.5.0 or newer at ${url}, behind proxies that pass gzip on; got a refusal of a group with gzip that was accepted without`,
  );
}

/** Reports whether the answer is an HTML page. A Pushgateway answers with an empty body, or with plain text. */
function isWebPage(answer: HttpAnswer): boolean {
  return (
    /^\s*(text\/html|application\/xhtml)/i.test(typeOf(answer)) || /^\s*<(!doctype|html)/i.test(answer.text)
  );
}

function typeOf({ headers }: HttpAnswer): string {
  return headers['content-type'] ?? '';
}

/** Returns the code if there is no message, as in the AggregateError that Node.js throws after it tried two addresses. */
function causeOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: string; code?: string };
  return message || code || String(error);
}

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200);
}
