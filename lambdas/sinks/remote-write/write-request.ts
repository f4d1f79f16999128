import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import type { Series } from './series';

/** The body of a request with the headers that describe it. */
export interface WriteRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The size of a request. */
export interface BatchLimits {
  readonly series: number;
  /** Bytes before compression. A series that is larger is a request of its own. */
  readonly bytes: number;
}

/**
 * Amazon Managed Service for Prometheus refuses requests of more than 1 MB with status 413 (reported in
 * open-telemetry/opentelemetry-collector-contrib#20289). Snappy enlarges data that it cannot compress by at most a sixth, so
 * 800 kB always fit. The number of series bounds the time for which a receiver is busy with a request.
 */
const BATCH_LIMITS: BatchLimits = { series: 5_000, bytes: 800_000 };

/** Yields the requests that write the series with one time, each when it is needed. */
export function* writeRequests(
  series: Iterable<Series>,
  time: Date,
  limits = BATCH_LIMITS,
): Generator<WriteRequest> {
  for (const message of batches(series, time, limits))
    yield { headers: HEADERS, body: Buffer.from(compress(message)) };
}

const HEADERS = {
  'Content-Encoding': 'snappy',
  'Content-Type': 'application/x-protobuf',
  'User-Agent': 'tollgate',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
};

/** Yields messages of the type `prometheus.WriteRequest`. */
function* batches(series: Iterable<Series>, time: Date, limits: BatchLimits): Generator<Uint8Array> {
  let writer = new BinaryWriter();
  let held = { series: 0, bytes: 0 };
  for (const one of series) {
    const encoded = timeSeries(one, time);
    const bytes = encoded.length + MOST_OVERHEAD;
    if (held.series === limits.series || (held.series > 0 && held.bytes + bytes > limits.bytes)) {
      yield writer.finish();
      writer = new BinaryWriter();
      held = { series: 0, bytes: 0 };
    }
    writer.tag(FIELD.timeseries, WireType.LengthDelimited).bytes(encoded);
    held = { series: held.series + 1, bytes: held.bytes + bytes };
  }
  if (held.series > 0) yield writer.finish();
}

/** Bytes of a field's tag and length. */
const MOST_OVERHEAD = 5;

/** Field numbers of `prompb/remote.proto` and `prompb/types.proto`. */
const FIELD = {
  timeseries: 1,
  labels: 1,
  samples: 2,
  name: 1,
  labelValue: 2,
  value: 1,
  timestamp: 2,
} as const;

function timeSeries({ labels, value }: Series, time: Date): Uint8Array {
  const writer = new BinaryWriter();
  for (const [name, text] of Object.entries(labels)) {
    writer.tag(FIELD.labels, WireType.LengthDelimited).fork();
    writer.tag(FIELD.name, WireType.LengthDelimited).string(name);
    writer.tag(FIELD.labelValue, WireType.LengthDelimited).string(text).join();
  }
  writer.tag(FIELD.samples, WireType.LengthDelimited).fork();
  writer.tag(FIELD.value, WireType.Bit64).double(value);
  writer.tag(FIELD.timestamp, WireType.Varint).int64(time.getTime()).join();
  return writer.finish();
}
