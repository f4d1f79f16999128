import type { HttpExchange } from '../../lambdas/sinks/http-exchange';
import { decodeWriteRequest, type WrittenSample } from '../../lib/local/aws/aps/write-request';
import { seriesName } from './remote-write';

/** A receiver of remote write that keeps samples as Prometheus does. */
export interface Receiver {
  readonly exchange: HttpExchange;
  /** Returns the last values of the series whose metric matches, without those that a NaN has ended. */
  visible(matches: (metric: string) => boolean): Readonly<Record<string, number>>;
}

/** Returns a receiver that refuses samples older than the last of their series, and stores the others of the request. */
export function receiver(): Receiver {
  const series = new Map<string, WrittenSample>();
  const store = (name: string, sample: WrittenSample): boolean => {
    const last = series.get(name);
    if (last && sample.timestamp < last.timestamp) return false;
    if (last?.timestamp === sample.timestamp) return Object.is(last.value, sample.value);
    series.set(name, sample);
    return true;
  };
  return {
    async exchange({ method, body = Buffer.of() }) {
      if (method === 'GET') return { status: 405, headers: {}, text: '' };
      const accepted = decodeWriteRequest(body).map(({ labels, samples }) =>
        samples.every((sample) => store(seriesName(Object.fromEntries(labels)), sample)),
      );
      return accepted.includes(false)
        ? { status: 400, headers: {}, text: 'out of order sample' }
        : { status: 204, headers: {}, text: '' };
    },
    visible: (matches) =>
      Object.fromEntries(
        [...series]
          .sort()
          .flatMap(([name, { value }]) => (matches(name) && !Number.isNaN(value) ? [[name, value]] : [])),
      ),
  };
}
