import type { GroupName } from '../metrics/group';
import { connectionProblem } from './connection-problem';
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
  /** The proxy in front of the server. */
  readonly proxyUrl?: string;
  /** The group that the request was about. */
  readonly group?: GroupName;
}

/** Reports whether the answer is that of a server which has accepted a group. */
export function isAccepted(answer: HttpAnswer, { accepts }: Receiver): boolean {
  return accepts.includes(answer.status) && !answer.isOfProxy && !isWebPage(answer);
}

/** Throws a PushError for any status that does not accept a group, for a web page, and for a proxy that refused. */
export function demandAccepted(answer: HttpAnswer, origin: Origin): void {
  demandReceiver(answer, origin);
  if (isAccepted(answer, origin.receiver)) return;
  const { status, text } = answer;
  const withheld = '(answer withheld: it could echo the secret headers)';
  const shown = origin.hasSecrets ? withheld : firstLine(text) || '(empty answer)';
  const problem = `expected ${listed(origin.receiver.accepts)} from ${receiverAt(origin)}, got ${status}: ${shown}`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for an answer that shows that the request has not reached the receiver. */
export function demandReceiver(answer: HttpAnswer, origin: Origin): void {
  demandPassage(answer, origin);
  demandCertificate(answer, origin);
  demandNoWebPage(answer, origin);
}

/** Throws a PushError for the answer of a proxy that did not send the request on. */
function demandPassage({ isOfProxy, status }: HttpAnswer, origin: Origin): void {
  if (!isOfProxy) return;
  const reason =
    status === 407 ? 'it demands credentials, which Tollgate has no setting for' : 'it could not connect';
  const problem = `no answer from ${receiverAt(origin)}: the proxy refused with ${status}, ${reason} (check proxyUrl)`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for a page of nginx about the client certificate. */
function demandCertificate({ status, text }: HttpAnswer, origin: Origin): void {
  const [, problem] = CERTIFICATE_PAGES.find(([words]) => status === 400 && text.includes(words)) ?? [];
  if (!problem) return;
  const check = 'check "cert" and "key" in the secret of tlsSecretArn';
  throw new PushError(origin.group, `the server of ${receiverAt(origin)} ${problem}: ${check}`, status);
}

/** Phrases of nginx's pages, with their meaning. */
const CERTIFICATE_PAGES: readonly (readonly [words: string, problem: string])[] = [
  ['No required SSL certificate was sent', 'demands a client certificate'],
  ['The SSL certificate error', 'refuses the client certificate'],
];

function receiverAt({ receiver, url, proxyUrl }: Origin): string {
  return `the ${receiver.name} at ${url}${proxyUrl === undefined ? '' : ` through the proxy ${proxyUrl}`}`;
}

/** Throws a PushError for the page that web servers, logins and applications answer to any request. */
function demandNoWebPage(answer: HttpAnswer, { receiver, url, hasSecrets, group }: Origin): void {
  if (answer.status !== 200 || !isWebPage(answer)) return;
  const type = hasSecrets
    ? 'content type withheld'
    : `content type ${firstLine(typeOf(answer)) || 'missing'}`;
  const problem = `expected a ${receiver.name} at ${url}, got an HTML page (${type}): check its URL in the setting sinks`;
  throw new PushError(group, problem, answer.status);
}

/** Returns the error for a request without a complete answer. */
export function noAnswer(reason: unknown, origin: Origin, signal: AbortSignal): PushError {
  const { group, proxyUrl } = origin;
  const problem = `no answer from ${receiverAt(origin)}: ${connectionProblem(reason, proxyUrl)}`;
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

/** Returns an enumeration such as `200, 202 or 204`. */
function listed(statuses: readonly number[]): string {
  return [statuses.slice(0, -1).join(', '), ...statuses.slice(-1)].join(' or ');
}

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200);
}
