import type { GroupName } from '../metrics/group';
import type { HttpAnswer } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';

/** A kind of server that accepts groups. */
export interface Receiver {
  /** The name in errors. */
  readonly name: string;
  /** Statuses of an answer that accepts a group. */
  readonly accepts: readonly number[];
}

/** The Prometheus Pushgateway. It answers with an empty body, or with plain text. */
export const PUSHGATEWAY: Receiver = { name: 'Pushgateway', accepts: [200, 202] };

/** The origin of an answer. */
export interface Origin {
  readonly receiver: Receiver;
  /** URL of the server. */
  readonly url: string;
  /** True if requests hold secret headers. A server or a proxy may echo them, so no part of an answer is then shown. */
  readonly hasSecrets: boolean;
  /** The group that the request was about. */
  readonly group?: GroupName;
}

/** Reports whether the answer is that of a server which has accepted a group. */
export function isAccepted(answer: HttpAnswer, { accepts }: Receiver): boolean {
  return accepts.includes(answer.status) && !isWebPage(answer);
}

/** Throws a PushError for any status that does not accept a group, and for a web page. */
export function demandAccepted(answer: HttpAnswer, origin: Origin): void {
  demandNoWebPage(answer, origin);
  const { receiver, url } = origin;
  if (isAccepted(answer, receiver)) return;
  const { status, text } = answer;
  const shown = origin.hasSecrets
    ? '(answer withheld: it could echo the secret headers)'
    : firstLine(text) || '(empty answer)';
  const problem = `expected ${listed(receiver.accepts)} from the ${receiver.name} at ${url}, got ${status}: ${shown}`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for the page that web servers, logins and applications answer to any request. */
export function demandNoWebPage(answer: HttpAnswer, { receiver, url, hasSecrets, group }: Origin): void {
  if (answer.status !== 200 || !isWebPage(answer)) return;
  const type = hasSecrets
    ? 'content type withheld'
    : `content type ${firstLine(typeOf(answer)) || 'missing'}`;
  const problem = `expected a ${receiver.name} at ${url}, got an HTML page (${type}): check its URL in the setting sinks`;
  throw new PushError(group, problem, answer.status);
}

/** Returns the error for a request without a complete answer. */
export function noAnswer(reason: unknown, { receiver, url, group }: Origin, signal: AbortSignal): PushError {
  const problem = `no answer from the ${receiver.name} at ${url}: ${causeOf(reason)}`;
  return signal.aborted ? new PushTimeoutError(group, problem) : new PushError(group, problem);
}

/** Returns the error for a gateway that accepts a group uncompressed and not compressed. */
export function noGzip({ url, group }: Origin): PushError {
  return new PushError(
    group,
    `expected a Pushgateway of version 1.5.0 or newer at ${url}, behind proxies that pass gzip on; got a refusal of a group with gzip that was accepted without`,
  );
}

/** Reports whether the answer is an HTML page, which no receiver sends. */
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

/** Returns an enumeration such as `200, 202 or 204`. */
function listed(statuses: readonly number[]): string {
  return [statuses.slice(0, -1).join(', '), ...statuses.slice(-1)].join(' or ');
}

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200);
}
