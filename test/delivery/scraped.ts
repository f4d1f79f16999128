import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import type { Server } from '../../lib/local/servers/server';
import { seriesIn } from '../support/exposition-lines';

/** Stores scrapes in a Prometheus that scrapes nothing itself, at any time after the last one. */
export interface Scraper {
  /** Stores what Prometheus stores for scrapes: the samples of the text, and once a mark for each series that has vanished. */
  scrape(text: string, times: readonly Date[]): Promise<void>;
}

/** The value by which Prometheus marks a series that was missing in the last scrape. It is one of many NaN. */
const STALE = 0x7ff0000000000002n;

/**
 * Returns a scraper that writes by remote write, because blocks have no stale markers.
 * @param job the name of the scrape job.
 */
export function scraper(prometheus: Server, job: string): Scraper {
  let last = new Map<string, Uint8Array>();
  return {
    async scrape(text, times) {
      const up = { name: 'up', labels: { job, instance: 'here' }, value: 1 };
      const series = [...seriesIn(text), up].map(({ name, labels, value }) => {
        const pairs = sorted({ ...labels, __name__: name });
        return { id: JSON.stringify(pairs), labels: labelBytes(pairs), value };
      });
      const now = new Map(series.map(({ id, labels }) => [id, labels]));
      for (const at of times) {
        const gone = [...last].filter(([id]) => !now.has(id));
        last = now;
        const writer = new BinaryWriter();
        for (const { labels, value } of series) addSeries(writer, labels, (one) => one.double(value), at);
        for (const [, labels] of gone) addSeries(writer, labels, (one) => one.fixed64(STALE), at);
        await send(prometheus, Buffer.from(compress(writer.finish())));
      }
    },
  };
}

type Labels = readonly (readonly [name: string, value: string])[];

/** A label without a value is no label. */
function sorted(labels: Readonly<Record<string, string>>): Labels {
  return Object.entries(labels)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Encodes the labels once for all scrapes. */
function labelBytes(labels: Labels): Uint8Array {
  const writer = new BinaryWriter();
  for (const [name, value] of labels) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(name);
    writer.tag(2, WireType.LengthDelimited).string(value).join();
  }
  return writer.finish();
}

function addSeries(
  writer: BinaryWriter,
  labels: Uint8Array,
  addValue: (writer: BinaryWriter) => BinaryWriter,
  at: Date,
): void {
  writer.tag(1, WireType.LengthDelimited).fork().raw(labels);
  writer.tag(2, WireType.LengthDelimited).fork();
  addValue(writer.tag(1, WireType.Bit64));
  writer.tag(2, WireType.Varint).int64(at.getTime()).join();
  writer.join();
}

async function send({ url }: Server, body: Buffer): Promise<void> {
  const response = await fetch(`${url}/api/v1/write`, { method: 'POST', headers: HEADERS, body });
  if (!response.ok) throw new Error(`expected 2xx, got ${response.status}: ${await response.text()}`);
}

const HEADERS = {
  'Content-Encoding': 'snappy',
  'Content-Type': 'application/x-protobuf',
  'X-Prometheus-Remote-Write-Version': '0.1.0',
};
