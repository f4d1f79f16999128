import { BinaryReader } from '@bufbuild/protobuf/wire';
import { uncompress } from 'snappyjs';

/** A series as a remote-write request has it: with labels in the order of the request. */
export interface WrittenSeries {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly samples: readonly WrittenSample[];
}

export interface WrittenSample {
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * Returns the series of a request: a `prometheus.WriteRequest` in Snappy's block format.
 * @throws Error for a body of another form.
 */
export function decodeWriteRequest(body: Uint8Array): WrittenSeries[] {
  const series: WrittenSeries[] = [];
  readFields(uncompress(body), { 1: (reader) => series.push(timeSeries(reader.bytes())) });
  return series;
}

function timeSeries(message: Uint8Array): WrittenSeries {
  const labels: [string, string][] = [];
  const samples: WrittenSample[] = [];
  readFields(message, {
    1: (reader) => labels.push(label(reader.bytes())),
    2: (reader) => samples.push(sample(reader.bytes())),
  });
  return { labels, samples };
}

function label(message: Uint8Array): [string, string] {
  let [name, value] = ['', ''];
  readFields(message, {
    1: (reader) => (name = reader.string(true)),
    2: (reader) => (value = reader.string(true)),
  });
  return [name, value];
}

function sample(message: Uint8Array): WrittenSample {
  let [value, timestamp] = [0, 0];
  readFields(message, {
    1: (reader) => (value = reader.double()),
    2: (reader) => (timestamp = Number(reader.int64())),
  });
  return { value, timestamp };
}

/** Reads the fields with these numbers. The sink writes no others, so any other field is an error. */
function readFields(
  message: Uint8Array,
  fields: Readonly<Record<number, (reader: BinaryReader) => unknown>>,
): void {
  const reader = new BinaryReader(message);
  while (reader.pos < reader.len) {
    const [number] = reader.tag();
    const read = fields[number];
    if (!read) throw new Error(`expected one of the fields ${Object.keys(fields)}, got ${number}`);
    read(reader);
  }
}
