import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { exposition } from '../metrics/exposition';
import type { GroupName } from '../metrics/group';
import { type HttpAnswer, type HttpExchange, type HttpRequest, httpExchange } from './http-exchange';
import { PushError, PushTimeoutError } from './push-error';
import type { Sink } from './sink';

export interface PushgatewayOptions {
  /** Base URL, with or without a path and a trailing slash. */
  readonly url: string;
  /** Sent with each request: `Authorization`, `X-BK-TOKEN`, … */
  readonly headers?: Readonly<Record<string, string>>;
  /** A request that has not been answered completely after this time has failed. @default 10 000 */
  readonly timeoutMs?: number;
  /** @default connections of the sink's own, kept between requests */
  readonly exchange?: HttpExchange;
}

/**
 * Pushes to a Prometheus Pushgateway. PUT, not POST: a user deleted from AWS must leave the gateway too.
 * Any answer but 200 and 202 throws a PushError that names the job, redirects included.
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

/** Returns the URL of a group. Values are base64: in a percent-encoded value, a slash silently starts another label. */
export function groupUrl(url: string, { job, groupingKey }: GroupName): string {
  const pairs = [['job', job], ...Object.entries(groupingKey)].map(
    ([label = '', value = '']) => `${label}@base64/${base64(value)}`,
  );
  return [url.replace(/\/+$/, ''), 'metrics', ...pairs].join('/');
}

/** Base64 of the empty string would be an empty path segment; the gateway reads `=` as the empty value. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64url') || '=';
}

/** A stream needs less memory for a large group, and more time to set up than a small one takes. */
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
      // A gateway, or a proxy before it, may echo the request, so no answer to secret headers is shown.
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

/** Limit of an answer to a push. */
const PAGE_BYTES = 64 * 1024;

/** Limit of the gateway's own list, about 50 000 series. With more, the ghost stays. */
const STORED_BYTES = 16 * 1024 * 1024;

/**
 * A rejected push to a new group leaves a ghost: the group without a metric, never written. A DELETE would take an old
 * group too, which must stay, so the gateway is asked first; where it may not be asked, the ghost stays.
 */
async function removeGhost(gateway: Gateway, group: GroupName, signal: AbortSignal): Promise<void> {
  try {
    const stored = await storedAfterRejection(gateway, group, signal);
    if (stored && isGhost(stored)) await gateway.send(group, { method: 'DELETE', signal });
  } catch {
    // The rejection is the failure to report, not this one.
  }
}

/** The gateway answers a moment before it notes the rejection, so a group that is not there yet is asked for again. */
async function storedAfterRejection(gateway: Gateway, group: GroupName, signal: AbortSignal) {
  for (let tries = 5; tries > 0; tries -= 1) {
    const { data } = JSON.parse(await gateway.stored(signal)) as { data: readonly StoredGroup[] };
    const stored = data.find((one) => isNamed(one, group));
    if (stored) return stored;
    await setTimeout(100, undefined, { signal });
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

/** Of two addresses tried, Node.js throws an AggregateError that has a code but no message. */
function causeOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: string; code?: string };
  return message || code || String(error);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) || '(empty answer)';
}
