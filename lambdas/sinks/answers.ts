import type { GroupName } from '../metrics/group';
import { connectionProblem } from './connection-problem';
import type { HttpAnswer } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';

/** The origin of an answer. */
export interface Origin {
  /** Base URL of the Pushgateway. */
  readonly url: string;
  /** True if requests hold secret headers. A gateway or a proxy may echo them, so no part of an answer is then shown. */
  readonly hasSecrets: boolean;
  /** The proxy between. */
  readonly proxyUrl?: string;
  /** The group that the request was about. */
  readonly group?: GroupName;
}

/** Reports whether the answer is that of a Pushgateway which has accepted a group. */
export function isAccepted(answer: HttpAnswer): boolean {
  return (answer.status === 200 || answer.status === 202) && !answer.isOfProxy && !isWebPage(answer);
}

/** Throws a PushError for any status but 200 and 202, for a web page, and for a proxy that refused. */
export function demandAccepted(answer: HttpAnswer, origin: Origin): void {
  demandGateway(answer, origin);
  if (isAccepted(answer)) return;
  const { status, text } = answer;
  const withheld = '(answer withheld: it could echo the secret headers)';
  const shown = origin.hasSecrets ? withheld : firstLine(text) || '(empty answer)';
  const problem = `expected 200 or 202 from ${gatewayAt(origin)}, got ${status}: ${shown}`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for an answer that shows that the request has not reached a gateway. */
export function demandGateway(answer: HttpAnswer, origin: Origin): void {
  demandPassage(answer, origin);
  demandCertificate(answer, origin);
  demandNoWebPage(answer, origin);
}

/** Throws a PushError for the answer of a proxy that did not send the request on. */
function demandPassage({ isOfProxy, status }: HttpAnswer, origin: Origin): void {
  if (!isOfProxy) return;
  const reason =
    status === 407 ? 'it demands credentials, which Tollgate has no setting for' : 'it could not connect';
  const problem = `no answer from ${gatewayAt(origin)}: the proxy refused with ${status}, ${reason} (check proxyUrl)`;
  throw new PushError(origin.group, problem, status);
}

/** Throws a PushError for a page of nginx about the client certificate. */
function demandCertificate({ status, text }: HttpAnswer, origin: Origin): void {
  const [, problem] = CERTIFICATE_PAGES.find(([words]) => status === 400 && text.includes(words)) ?? [];
  if (!problem) return;
  const check = 'check "cert" and "key" in the secret of tlsSecretArn';
  throw new PushError(origin.group, `the server of ${gatewayAt(origin)} ${problem}: ${check}`, status);
}

/** Phrases of nginx's pages, with their meaning. */
const CERTIFICATE_PAGES: readonly (readonly [words: string, problem: string])[] = [
  ['No required SSL certificate was sent', 'demands a client certificate'],
  ['The SSL certificate error', 'refuses the client certificate'],
];

function gatewayAt({ url, proxyUrl }: Origin): string {
  return `the Pushgateway at ${url}${proxyUrl === undefined ? '' : ` through the proxy ${proxyUrl}`}`;
}

/** Throws a PushError for the page that web servers, logins and applications answer to any request. */
function demandNoWebPage(answer: HttpAnswer, { url, hasSecrets, group }: Origin): void {
  if (answer.status !== 200 || !isWebPage(answer)) return;
  const type = hasSecrets
    ? 'content type withheld'
    : `content type ${firstLine(typeOf(answer)) || 'missing'}`;
  const problem = `expected a Pushgateway at ${url}, got an HTML page (${type}): check the setting pushgateway.url`;
  throw new PushError(group, problem, answer.status);
}

/** Returns the error for a request without a complete answer. */
export function noAnswer(reason: unknown, origin: Origin, signal: AbortSignal): PushError {
  const { group, proxyUrl } = origin;
  const problem = `no answer from ${gatewayAt(origin)}: ${connectionProblem(reason, proxyUrl)}`;
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

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200);
}
