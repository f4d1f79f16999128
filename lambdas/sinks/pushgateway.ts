import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { GroupName } from '../metrics/group';
import { toRegistry } from '../metrics/registry';
import { PushError } from './push-error';
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
    async put(group) {
      if (group.samples.length === 0)
        throw new PushError(group, 'expected at least one sample: an empty PUT would wipe the group');
      const registry = toRegistry(group);
      const headers = { 'Content-Type': registry.contentType, 'Content-Encoding': 'gzip' };
      await request(options, group, {
        method: 'PUT',
        headers,
        body: await compress(await registry.metrics()),
      });
    },
    async delete(group) {
      await request(options, group, { method: 'DELETE' });
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

const compress = promisify(gzip);

/** Base64 of nothing would be an empty path segment; the gateway reads `=` as the empty value. */
function base64(value: string): string {
  return Buffer.from(value).toString('base64url') || '=';
}

async function request(
  { url, headers, timeoutMs = 10_000 }: PushgatewayOptions,
  group: GroupName,
  init: RequestInit,
): Promise<void> {
  const response = await fetch(groupUrl(url, group), {
    ...init,
    headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new PushError(group, `no answer from the Pushgateway at ${url}: ${causeOf(error)}`);
  });
  if (response.status === 200 || response.status === 202) return void (await response.body?.cancel());
  throw new PushError(
    group,
    `expected 200 or 202 from the Pushgateway at ${url}, got ${response.status}: ${await firstLine(response)}`,
  );
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
