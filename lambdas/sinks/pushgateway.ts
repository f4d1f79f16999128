import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { exposition } from '../metrics/exposition';
import type { GroupName } from '../metrics/group';
import { type HttpAnswer, type HttpExchange, type HttpRequest, httpExchange } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';
import type { Sink, StoredGroups } from './sink';
import { storedGroups } from './stored-groups';

interface PushgatewayOptions {
  /** Base URL, with or without a path and a trailing slash. */
  readonly url: string;
  /** Sent with each request: `Authorization`, `X-BK-TOKEN`, … */
  readonly headers?: Readonly<Record<string, string>>;
  /** Time for a request and its complete answer. @default 10 000 */
  readonly timeoutMs?: number;
  /** @default the sink's own connections, kept between requests */
  readonly exchange?: HttpExchange;
}

/**
 * Pushes to a Prometheus Pushgateway with PUT, which replaces the group and so also removes users that were deleted in AWS.
 * Throws a PushError that names the job for any status but 200 and 202, so also for redirects.
 */
export function pushgatewaySink(options: PushgatewayOptions): Sink {
  const gateway = gatewayAt(options);
  return {
    async check(signal) {
      await gateway.ask({ method: 'GET', url: groupUrl(options.url, NO_GROUP), limit: PAGE_BYTES, signal });
    },
    async put(group, signal) {
      if (group.samples.length === 0)
        throw new PushError(group, 'expected at least one sample: an empty PUT would wipe the group');
      const { contentType, chunks } = await exposition(group);
      const headers = { 'Content-Type': contentType, 'Content-Encoding': 'gzip' };
      const body = await compressed(chunks, group.samples.length);
      gateway.demandAccepted(group, await gateway.send(group, { method: 'PUT', headers, body, signal }));
    },
    async delete(group, signal) {
      gateway.demandAccepted(group, await gateway.send(group, { method: 'DELETE', signal }));
    },
    async stored(signal) {
      let stored: StoredGroups | undefined;
      const read = async (answer: IncomingMessage) => {
        stored = await storedGroups({
          body: answer,
          encoding: answer.headers['content-encoding'],
          limit: STORED_BYTES,
        });
      };
      const url = `${baseOf(options.url)}/metrics`;
      const headers = { 'Accept-Encoding': 'gzip' };
      await gateway.ask({ method: 'GET', url, headers, limit: PAGE_BYTES, read, signal }).catch(() => {});
      return stored;
    },
  };
}

/** A name that is asked for and never pushed. */
const NO_GROUP: GroupName = { job: 'tollgate', groupingKey: {} };

/** Returns the URL of a group. Values are base64, because the gateway takes even an encoded slash for the start of a label. */
export function groupUrl(url: string, { job, groupingKey }: GroupName): string {
  const pairs = Object.entries({ job, ...groupingKey }).map(
    ([label, value]) => `${label}@base64/${base64(value)}`,
  );
  return [baseOf(url), 'metrics', ...pairs].join('/');
}

function baseOf(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Encodes an empty value as `=`, as the gateway expects, because its base64 would be an empty path segment. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64url') || '=';
}

/** Streams large groups, which saves memory. A small group is compressed before a stream would be set up. */
function compressed(chunks: Iterable<string>, series: number): Buffer | Promise<Buffer> {
  return series < 1_000 ? gzipSync([...chunks].join('')) : pipeline(chunks, createGzip(), buffer);
}

type Request = Pick<HttpRequest, 'method' | 'body' | 'signal' | 'read'> &
  Partial<Pick<HttpRequest, 'headers'>>;

interface Gateway {
  ask(request: Request & Pick<HttpRequest, 'url' | 'limit'>): Promise<HttpAnswer>;
  /** Throws a PushError when no complete answer arrives. */
  send(group: GroupName, request: Request): Promise<HttpAnswer>;
  /** Throws a PushError for any status but 200 and 202. */
  demandAccepted(group: GroupName, answer: HttpAnswer): void;
}

function gatewayAt({
  url,
  headers = {},
  timeoutMs = 10_000,
  exchange = httpExchange(),
}: PushgatewayOptions): Gateway {
  const ask = (request: Request & Pick<HttpRequest, 'url' | 'limit'>) =>
    exchange({
      ...request,
      headers: { ...headers, ...request.headers },
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
    });
  return {
    ask,
    send: (group, request) =>
      ask({ ...request, url: groupUrl(url, group), limit: PAGE_BYTES }).catch((error: unknown) => {
        const problem = `no answer from the Pushgateway at ${url}: ${causeOf(error)}`;
        throw request.signal.aborted ? new PushTimeoutError(group, problem) : new PushError(group, problem);
      }),

    demandAccepted(group, { status, text }) {
      if (status === 200 || status === 202) return;
      // A gateway or a proxy may echo the request, so no answer to secret headers is shown.
      const hidden = Object.keys(headers).length > 0;
      const shown = hidden ? '(answer withheld: it could echo the secret headers)' : firstLine(text);
      throw new PushError(
        group,
        `expected 200 or 202 from the Pushgateway at ${url}, got ${status}: ${shown}`,
        status,
      );
    },
  };
}

/** Bytes read of an answer to a push. */
const PAGE_BYTES = 64 * 1024;

/** Bytes read of the gateway's metrics, about 700 000 series. */
const STORED_BYTES = 128 * 1024 * 1024;

/** Returns the code if there is no message, as in the AggregateError that Node.js throws after it tried two addresses. */
function causeOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: string; code?: string };
  return message || code || String(error);
}

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200) || '(empty answer)';
}
