import fc from 'fast-check';
import type { Series } from '../../../../lambdas/sinks/remote-write/series';
import { type BatchLimits, writeRequests } from '../../../../lambdas/sinks/remote-write/write-request';
import { decodeWriteRequest } from '../../../../lib/local/aws/aps/write-request';
import { hostileText } from '../../../support/hostile-text';

const TIME = new Date('2026-03-15T06:00:00.123Z');
const NO_LIMITS: BatchLimits = { series: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };

test('a message has the bytes of prometheus.WriteRequest, in Snappy’s block format', () => {
  const [request] = [...writeRequests([{ labels: { __name__: 'm', job: 'a' }, value: 1 }], TIME)];
  expect(request?.headers).toEqual({
    'Content-Encoding': 'snappy',
    'Content-Type': 'application/x-protobuf',
    'User-Agent': 'tollgate',
    'X-Prometheus-Remote-Write-Version': '0.1.0',
  });
  const label = (name: string, value: string) =>
    `0a${hex(name.length + value.length + 4)}0a${hex(name.length)}${text(name)}12${hex(value.length)}${text(value)}`;
  const sample = '121009000000000000f03f10fbf6d180cf33';
  const message = label('__name__', 'm') + label('job', 'a') + sample;
  const body = `0a${hex(message.length / 2)}${message}`;
  // Snappy: the length of the data, then a literal of this length.
  expect(request?.body.toString('hex')).toBe(
    `${hex(body.length / 2)}${hex((body.length / 2 - 1) << 2)}${body}`,
  );
});

test('a NaN is an ordinary one, and not the mark of a stale series', () => {
  const [request] = [...writeRequests([{ labels: { __name__: 'm' }, value: Number.NaN }], TIME)];
  expect(request?.body.toString('hex')).toContain('09000000000000f87f');
});

test('what is decoded is what was encoded, whatever the labels hold', () => {
  const series = fc.record({
    labels: fc.dictionary(fc.stringMatching(/^[a-zA-Z_]\w{0,20}$/), hostileText()),
    value: fc.double(),
  });
  fc.assert(
    fc.property(fc.array(series), fc.date({ noInvalidDate: true }), (all, time) => {
      const decoded = [...writeRequests(all, time, NO_LIMITS)].flatMap(({ body }) =>
        decodeWriteRequest(body),
      );
      expect(decoded).toEqual(all.map((one) => decodedForm(one, time)));
    }),
  );
});

test('requests keep to both limits, and hold every series once and in order', () => {
  const series = fc.record({
    labels: fc.record({ __name__: fc.constant('m'), a: fc.string({ maxLength: 100 }) }),
    value: fc.integer(),
  });
  const limits = fc.record({
    series: fc.integer({ min: 1, max: 5 }),
    bytes: fc.integer({ min: 50, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(series), limits, (all, limit) => {
      const requests = [...writeRequests(all, TIME, limit)].map(({ body }) => body);
      const decoded = requests.map((body) => decodeWriteRequest(body));
      expect(decoded.flat()).toEqual(all.map((one) => decodedForm(one, TIME)));
      for (const [index, batch] of decoded.entries()) {
        expect(batch.length).toBeLessThanOrEqual(limit.series);
        expect(uncompressedLength(requests[index]) <= limit.bytes || batch.length === 1).toBe(true);
      }
    }),
  );
});

test('no series is no request', () => {
  expect([...writeRequests([], TIME)]).toEqual([]);
});

function decodedForm({ labels, value }: Series, time: Date) {
  return { labels: Object.entries(labels), samples: [{ value, timestamp: time.getTime() }] };
}

/** Returns the length at the start of data that Snappy has compressed. */
function uncompressedLength(body: Buffer = Buffer.of()): number {
  return body[0] !== undefined && body[1] !== undefined
    ? (body[0] & 0x7f) + (body[0] > 0x7f ? (body[1] & 0x7f) << 7 : 0)
    : 0;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function text(ascii: string): string {
  return Buffer.from(ascii).toString('hex');
}
