import type { GroupName } from '../../metrics/group';
import type { RegisteredGroup } from '../../metrics/registered-group';
import { demandReceiver, noAnswer, type Origin } from '../answers';
import { flakyGateway } from '../flaky-gateway';
import { httpExchange } from '../http-exchange';
import { PushError } from '../push-error';
import type { ReceiverOptions } from '../receiver-options';
import type { LabelSet, Sink, SinkCall } from '../sink';
import { REAL_TIME } from '../timing';
import { demandWritten, REMOTE_WRITE } from './refusals';
import { type Series, seriesOf, without } from './series';
import type { Signer } from './signer';
import { type BatchLimits, writeRequests } from './write-request';

interface RemoteWriteOptions extends ReceiverOptions {
  /** URL that accepts remote write, such as `https://mimir.example.com/api/v1/push`. */
  readonly url: string;
  /** Signs each request. @default requests are not signed */
  readonly sign?: Signer;
  /** @default the limits of Amazon Managed Service for Prometheus */
  readonly limits?: BatchLimits;
}

/**
 * Writes groups by Prometheus remote write 1.0. A receiver keeps every series until its window ends, so each series that an
 * earlier write of the group may have left, and that the group lacks, is ended by a NaN. The memory has these series.
 * A group may take several requests. If one fails, the others may have been accepted: the put rejects, the memory keeps the
 * series of both writes, and the next put writes the group again. If the memory cannot be read, the group is written without
 * the end of vanished series, and the put rejects.
 */
export function remoteWriteSink(options: RemoteWriteOptions): Sink {
  const { url, id = url, groupingLabels = {} } = options;
  const { check, write } = receiverAt(options);
  return {
    id,
    groupingLabels,
    check,
    async put(group, call) {
      demandContent(group);
      const series = await seriesOf(group);
      const sets = series.map(({ labels }) => labels);
      const known = await call.series.read().catch(async (reason: unknown) => {
        await write(group, series, call); // Numbers of today matter more than the end of vanished series.
        throw reason;
      });
      const fresh = without(sets, known);
      const gone = without(known, sets);
      if (fresh.length > 0) await call.series.write([...known, ...fresh]);
      await write(group, [...series, ...gone.map(ended)], call);
      if (gone.length > 0) await call.series.write(sets);
    },
    async delete(group, call) {
      const known = await call.series.read();
      if (known.length === 0) return;
      await write(group, known.map(ended), call);
      await call.series.write([]);
    },
    async stored() {
      return undefined; // The protocol cannot read.
    },
  };
}

/** Returns the last sample of a series. The mark of a stale series would not end it: range selectors skip that mark. */
function ended(labels: LabelSet): Series {
  return { labels, value: Number.NaN };
}

function demandContent(group: RegisteredGroup): void {
  if (group.size > 0) return;
  throw new PushError(
    group,
    'expected at least one sample: an empty group would end every series of the stored one',
  );
}

function receiverAt(options: RemoteWriteOptions) {
  const { url, headers = {}, tls, proxyUrl, sign, timeoutMs = 10_000, limits } = options;
  const { exchange = httpExchange({ tls, proxyUrl }), timing = REAL_TIME } = options;
  const gateway = flakyGateway({ headers, timeoutMs, exchange, timing, checkUrl: url });
  const { hasSecrets = sign !== undefined || Object.keys(headers).length > 0 } = options;
  const originOf = (group?: GroupName): Origin => ({
    receiver: REMOTE_WRITE,
    url,
    hasSecrets,
    proxyUrl,
    group,
  });
  return {
    /** Sends a GET, which no receiver stores. */
    async check(signal: AbortSignal): Promise<void> {
      const answer = await gateway.check(signal).catch((reason: unknown) => {
        throw noAnswer(reason, originOf(), signal);
      });
      demandReceiver(answer, originOf());
    },

    async write(group: GroupName, series: readonly Series[], { time, signal }: SinkCall): Promise<void> {
      for (const request of writeRequests(series, time, limits)) {
        const signed = sign ? await sign(url, request) : request.headers;
        const answer = await gateway
          .send({ method: 'POST', url, headers: signed, body: request.body, signal })
          .catch((reason: unknown) => {
            throw noAnswer(reason, originOf(group), signal);
          });
        demandWritten(answer, { ...originOf(group), isSigned: sign !== undefined });
      }
    },
  };
}
