import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { exposition } from '../metrics/exposition';
import type { GroupName } from '../metrics/group';
import { type HttpAnswer, type HttpExchange, type HttpRequest, httpExchange } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';
import type { Sink } from './sink';

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
    async put(group, signal) {
      if (group.samples.length === 0)
        throw new PushError(group, 'expected at least one sample: an empty PUT would wipe the group');
      const { contentType, chunks } = await exposition(group);
      const headers = { 'Content-Type': contentType, 'Content-Encoding': 'gzip' };
      const body = await compressed(chunks, group.samples.length);
      const answer = await gateway.send(group, { method: 'PUT', headers, body, signal });
      if (answer.status === 400) await removeGhost(gateway, group, signal);
      gateway.demandAccepted(group, answer);
    },
    async delete(group, signal) {
      gateway.demandAccepted(group, await gateway.send(group, { method: 'DELETE', signal }));
    },
  };
}

/** Returns the URL of a group. Values are base64, because the gateway takes even an encoded slash for the start of a label. */
export function groupUrl(url: string, { job, groupingKey }: GroupName): string {
  const pairs = Object.entries({ job, ...groupingKey }).map(
    ([label, value]) => `${label}@base64/${base64(value)}`,
  );
  return [url.replace(/\/+$/, ''), 'metrics', ...pairs].join('/');
}

/** Encodes an empty value as `=`, as the gateway expects, because its base64 would be an empty path segment. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64url') || '=';
}

/** Streams large groups, which saves memory. A small group is compressed before a stream would be set up. */
function compressed(chunks: Iterable<string>, series: number): Buffer | Promise<Buffer> {
  return series < 1_000 ? gzipSync([...chunks].join('')) : pipeline(chunks, createGzip(), buffer);
}

type Request = Pick<HttpRequest, 'method' | 'body' | 'signal'> & Partial<Pick<HttpRequest, 'headers'>>;

interface Gateway {
  /** Throws a PushError when no complete answer arrives. */
  send(group: GroupName, request: Request): Promise<HttpAnswer>;
  /** Throws a PushError for any status but 200 and 202. */
  demandAccepted(group: GroupName, answer: HttpAnswer): void;
  /** Returns the JSON of every group that the gateway stores. */
  stored(signal: AbortSignal): Promise<string>;
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
      );
    },

    async stored(signal) {
      const list = `${url.replace(/\/+$/, '')}/api/v1/metrics`;
      return (await ask({ method: 'GET', url: list, signal, limit: STORED_BYTES })).text;
    },
  };
}

/** Bytes read of an answer to a push. */
const PAGE_BYTES = 64 * 1024;

/** Bytes read of the gateway's list of groups, about 50 000 series. If the list is longer, the ghost stays. */
const STORED_BYTES = 16 * 1024 * 1024;

/**
 * Deletes the ghost that a rejected push of a new group leaves: a group without metrics. The list of groups is read first,
 * because an older group of that name must stay. If the list cannot be read, the ghost stays.
 */
async function removeGhost(gateway: Gateway, group: GroupName, signal: AbortSignal): Promise<void> {
  try {
    const stored = await storedAfterRejection(gateway, group, signal);
    if (stored && isGhost(stored)) await gateway.send(group, { method: 'DELETE', signal });
  } catch {
    // Only the rejection is reported.
  }
}

/** Reads the list up to five times, because the gateway answers a moment before it records the rejection. */
async function storedAfterRejection(gateway: Gateway, group: GroupName, signal: AbortSignal) {
  for (let tries = 5; tries > 0; tries -= 1) {
    const { data } = JSON.parse(await gateway.stored(signal)) as { data: readonly StoredGroup[] };
    const stored = data.find((one) => isNamed(one, group));
    if (stored) return stored;
    await setTimeout(100);
  }
  return undefined;
}

interface StoredGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly push_time_seconds?: { readonly metrics?: readonly { readonly value?: string }[] };
}

function isNamed({ labels }: StoredGroup, { job, groupingKey }: GroupName): boolean {
  const name = Object.entries({ job, ...groupingKey });
  return (
    name.length === Object.keys(labels).length && name.every(([label, value]) => labels[label] === value)
  );
}

function isGhost({ push_time_seconds }: StoredGroup): boolean {
  return Number(push_time_seconds?.metrics?.[0]?.value) === 0;
}

/** Returns the code if there is no message, as in the AggregateError that Node.js throws after it tried two addresses. */
function causeOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: string; code?: string };
  return message || code || String(error);
}

function firstLine(text: string): string {
  return text.trim().replace(/\n.*/s, '').slice(0, 200) || '(empty answer)';
}
