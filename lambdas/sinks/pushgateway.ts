import type { IncomingMessage } from 'node:http';
import type { GroupName } from '../metrics/group';
import type { RegisteredGroup } from '../metrics/registered-group';
import {
  demandAccepted,
  demandReceiver,
  isAccepted,
  noAnswer,
  noGzip,
  type Origin,
  PUSHGATEWAY,
} from './answers';
import { type FlakyGateway, flakyGateway, type GatewayRequest } from './flaky-gateway';
import { compressedBody, LARGE_GROUP, plainBody } from './group-body';
import { type HttpAnswer, httpExchange } from './http-exchange';
import { PushError } from './push-error';
import type { ReceiverOptions } from './receiver-options';
import type { Sink, StoredGroups } from './sink';
import { storedGroups } from './stored-groups';
import { REAL_TIME } from './timing';

interface PushgatewayOptions extends ReceiverOptions {
  /** Base URL, with or without a path and a trailing slash. */
  readonly url: string;
}

/**
 * Pushes to a Prometheus Pushgateway with PUT, which replaces the group and so also removes users that were deleted in AWS.
 * Throws a PushError that names the job for any status but 200 and 202, so also for redirects, and for a web page.
 */
export function pushgatewaySink(options: PushgatewayOptions): Sink {
  const { url, headers = {}, tls, proxyUrl, timeoutMs = 10_000, timing = REAL_TIME } = options;
  const { exchange = httpExchange({ tls, proxyUrl }) } = options;
  const gateway = flakyGateway({ headers, timeoutMs, exchange, timing, checkUrl: groupUrl(url, NO_GROUP) });
  const { hasSecrets = Object.keys(headers).length > 0 } = options;
  const originOf = (group?: GroupName) => ({ receiver: PUSHGATEWAY, url, hasSecrets, proxyUrl, group });
  const send: Send = (group, request) =>
    gateway.send({ ...request, url: groupUrl(url, group) }).catch((reason: unknown) => {
      throw noAnswer(reason, originOf(group), request.signal);
    });
  return {
    id: options.id ?? baseOf(url),
    groupingLabels: options.groupingLabels ?? {},
    async check(signal) {
      const answer = await gateway.check(signal).catch((reason: unknown) => {
        throw noAnswer(reason, originOf(), signal);
      });
      demandReceiver(answer, originOf());
    },
    put: putBy(send, originOf),
    async delete(group, { signal }) {
      demandAccepted(await send(group, { method: 'DELETE', signal }), originOf(group));
    },
    stored: (signal) => storedIn(gateway, `${baseOf(url)}/metrics`, signal),
  };
}

/** Sends a request about a group, and throws a PushError when no complete answer arrives. */
type Send = (group: GroupName, request: Omit<GatewayRequest, 'url'>) => Promise<HttpAnswer>;

/** The name in the URL of a check, which only reads. */
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

/**
 * Returns a function that pushes groups with gzip. While no group has been accepted, it sends a refused one again
 * uncompressed: if that is accepted, the error names gzip.
 */
function putBy(send: Send, originOf: (group: GroupName) => Origin): Sink['put'] {
  let gzip: 'supported' | 'missing' | undefined;
  return async (group, { signal }) => {
    if (group.size === 0)
      throw new PushError(group, 'expected at least one sample: an empty PUT would wipe the group');
    if (gzip === 'missing') throw noGzip(originOf(group));
    const answer = await send(group, { method: 'PUT', ...(await compressedBody(group)), signal });
    if (isAccepted(answer, PUSHGATEWAY)) gzip = 'supported';
    if (!gzip && mayLackGzip(answer, group)) {
      const plain = await send(group, { method: 'PUT', ...(await plainBody(group)), signal });
      if (isAccepted(plain, PUSHGATEWAY)) gzip ??= 'missing';
    }
    if (gzip === 'missing') throw noGzip(originOf(group));
    demandAccepted(answer, originOf(group));
  };
}

function mayLackGzip({ status }: HttpAnswer, { size }: RegisteredGroup): boolean {
  return (status === 400 || status === 415) && size < LARGE_GROUP;
}

async function storedIn(gateway: FlakyGateway, url: string, signal: AbortSignal) {
  let stored: StoredGroups | undefined;
  const read = async (answer: IncomingMessage) => {
    const encoding = answer.headers['content-encoding'];
    stored = await storedGroups({ body: answer, encoding, limit: STORED_BYTES });
  };
  const headers = { 'Accept-Encoding': 'gzip' };
  // The contents of the gateway are only needed to restore lost groups, so a run is complete without them.
  await gateway.read({ method: 'GET', url, headers, read, signal }, STORED_MS).catch(() => {});
  return stored;
}

/** Bytes read of the gateway's metrics, about 700 000 series, and milliseconds for them. */
const STORED_BYTES = 128 * 1024 * 1024;
const STORED_MS = 15_000;
