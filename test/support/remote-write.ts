import type { LabelSet, SeriesMemory, SinkCall } from '../../lambdas/sinks/sink';
import { decodeWriteRequest } from '../../lib/local/aws/aps/write-request';

/** A memory of series that records every write. */
export interface RecordingMemory extends SeriesMemory {
  /** The label sets of each write, by their series. */
  readonly writes: string[][];
}

export function recordingMemory(): RecordingMemory {
  let sets: readonly LabelSet[] = [];
  const writes: string[][] = [];
  return {
    writes,
    read: async () => sets,
    async write(given) {
      sets = given;
      writes.push(given.map(seriesName).sort());
    },
  };
}

/** Returns a call without a deadline. */
export function callAt(time: string | number | Date, series: SeriesMemory): SinkCall {
  return { signal: new AbortController().signal, time: new Date(time), series };
}

/** Returns the samples of a request as lines such as `m{a="1"} 7`. */
export function samplesIn(body: Uint8Array): string[] {
  return decodeWriteRequest(body).flatMap(({ labels, samples }) =>
    samples.map(({ value }) => `${seriesName(Object.fromEntries(labels))} ${value}`),
  );
}

/** Returns a series in the notation of PromQL. */
export function seriesName({ __name__ = '', ...labels }: LabelSet): string {
  return `${__name__}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
