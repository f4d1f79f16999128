import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';

import { createGzip } from 'node:zlib';
import { exposition } from '../metrics/exposition';
import type { GroupName } from '../metrics/group';
import { toRegistry } from '../metrics/registry';
import { PushError, PushTimeoutError } from './push-error';
import type { Sink } from './sink';

export interface PushgatewayOptions {
  /** Base URL, with or without a path and a trailing slash. */
  readonly url: string;
  /** Sent with each request: `Authorization`, `X-BK-TOKEN`, … */
  readonly headers?: Readonly<Record<string, string>>;
  /** A request that has not been answered after this time has failed. @default 10 000 */
  readonly timeoutMs?: number;
}

/**
 * Pushes to a Prometheus Pushgateway. PUT, not POST: a user deleted from AWS must leave the gateway too.
 * Anything but 200 and 202 throws a PushError that names the job, redirects included.
 */
export function pushgatewaySink(options: PushgatewayOptions): Sink {
  return {
    async put(group, signal) {
      if (group.samples.length === 0)
        throw new PushError(group, 'expected at least one sample: an empty PUT would wipe the group');
      const registry = await toRegistry(group);
      const headers = { 'Content-Type': registry.contentType, 'Content-Encoding': 'gzip' };
      const body = await pipeline(await exposition(registry), createGzip(), buffer);
      const response = await send(options, group, { method: 'PUT', headers, body, signal });
      if (response.status === 400) await removeGhost(options, group, signal);
      await demandAccepted(options, group, response);
    },
    async delete(group, signal) {
      await demandAccepted(options, group, await send(options, group, { method: 'DELETE', signal }));
    },
  };
}

/** The URL of a group. Values are base64: in a percent-encoded one, a slash silently starts another label. */
export function groupUrl(url: string, { job, groupingKey }: GroupName): string {
  const pairs = [['job', job], ...Object.entries(groupingKey)].map(
    ([label = '', value = '']) => `${label}@base64/${base64(value)}`,
  );
  return [url.replace(/\/+$/, ''), 'metrics', ...pairs].join('/');
}

/** Base64 of nothing would be an empty path segment; the gateway reads `=` as the empty value. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64url') || '=';
}

type Request = Pick<RequestInit, 'method' | 'body'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

function send(options: PushgatewayOptions, group: GroupName, request: Request): Promise<Response> {
  return answerOf(groupUrl(options.url, group), options, request).catch((error: unknown) => {
    const problem = `no answer from the Pushgateway at ${options.url}: ${causeOf(error)}`;
    throw request.signal.aborted ? new PushTimeoutError(group, problem) : new PushError(group, problem);
  });
}

function answerOf(url: string, { headers, timeoutMs = 10_000 }: PushgatewayOptions, request: Request) {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
  return fetch(url, { ...request, headers: { ...headers, ...request.headers }, redirect: 'manual', signal });
}

async function demandAccepted(
  { url, headers = {} }: PushgatewayOptions,
  group: GroupName,
  response: Response,
) {
  if (response.status === 200 || response.status === 202) return void (await response.body?.cancel());
  const line = await firstLine(response);
  // A gateway, or a proxy before it, may echo the request: where secret headers were sent, its words stay unsaid.
  const said = Object.keys(headers).length > 0 ? '(answer withheld: it could echo the secret headers)' : line;
  throw new PushError(
    group,
    `expected 200 or 202 from the Pushgateway at ${url}, got ${response.status}: ${said}`,
  );
}

/**
 * A rejected push to a new group leaves a ghost: the group without a metric, never written. A DELETE would take an old
 * group too, which must stay, so the gateway is asked first; where it may not be asked, the ghost stays.
 */
async function removeGhost(
  options: PushgatewayOptions,
  group: GroupName,
  signal: AbortSignal,
): Promise<void> {
  try {
    const stored = await storedAfterRejection(options, group, signal);
    if (stored && isGhost(stored)) await send(options, group, { method: 'DELETE', signal });
  } catch {
    // the rejection is the failure to tell, not this
  }
}

/** The gateway answers a moment before it notes the rejection, so a group that is not there yet is asked for again. */
async function storedAfterRejection(options: PushgatewayOptions, group: GroupName, signal: AbortSignal) {
  const url = `${options.url.replace(/\/+$/, '')}/api/v1/metrics`;
  for (let tries = 5; tries > 0; tries -= 1) {
    const answer = await answerOf(url, options, { signal });
    const { data } = (await answer.json()) as { data: readonly StoredGroup[] };
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

/** fetch hides why behind "fetch failed", and of two addresses tried behind an AggregateError without a message. */
function causeOf(error: unknown): string {
  const { message, cause } = Object(error) as {
    message?: string;
    cause?: { message?: string; code?: string };
  };
  return cause?.message || cause?.code || message || String(error);
}

/** Reads no more than one chunk: an error page can be endless. */
async function firstLine(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunk = await reader?.read().catch(() => undefined);
  await reader?.cancel().catch(() => {});
  const text = new TextDecoder().decode(chunk?.value).trim().split('\n')[0] ?? '';
  return text.slice(0, 200) || '(empty answer)';
}
