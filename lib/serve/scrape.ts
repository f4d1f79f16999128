import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import Registry from 'prom-client/lib/registry';
import { prometheusText } from '../../lambdas/metrics/exposition';
import { familiesOf } from '../../lambdas/metrics/families';
import { type CreatedGroup, OPEN_METRICS, openMetrics } from '../../lambdas/metrics/open-metrics';
import type { HeldGroup, Snapshot } from './held-groups';
import type { Format } from './negotiate';
import type { RuntimeMetrics } from './runtime-metrics';

/** The answer to a scrape. */
interface Scrape {
  readonly contentType: string;
  readonly body: Buffer;
}

interface ScrapeOptions {
  readonly snapshot: Snapshot;
  /** Groups that were collected for this scrape. No family is also in the snapshot. @default none */
  readonly fresh?: readonly HeldGroup[];
  readonly runtime: RuntimeMetrics;
  readonly format: Format;
  readonly gzip: boolean;
}

/** Returns the groups of one snapshot, followed by the fresh groups and the current metrics of the process. */
export async function scrape({
  snapshot,
  fresh = [],
  runtime,
  format,
  gzip,
}: ScrapeOptions): Promise<Scrape> {
  const { contentType, end } = FORMATS[format];
  const groups = rendered(snapshot, format);
  const current = [...createdGroups(fresh), await runtimeGroup(runtime)];
  const own = Buffer.concat([textOf(current, format), Buffer.from(end)]);
  const body = gzip ? await joinedGzip(groups, own) : Buffer.concat([groups.text, own]);
  return { contentType, body };
}

const FORMATS = {
  text: { contentType: Registry.PROMETHEUS_CONTENT_TYPE, end: '', write: prometheusText },
  openmetrics: { contentType: OPEN_METRICS, end: '# EOF\n', write: openMetrics },
} as const;

/** The text of a snapshot. It is written and compressed once, however many scrapes receive it. */
interface Rendered {
  readonly text: Buffer;
  readonly checksum: number;
  readonly deflated: () => Promise<Buffer>;
}

const RENDERED = new WeakMap<Snapshot, Map<Format, Rendered>>();

function rendered(snapshot: Snapshot, format: Format): Rendered {
  const formats = RENDERED.get(snapshot) ?? new Map<Format, Rendered>();
  RENDERED.set(snapshot, formats);
  const known = formats.get(format) ?? render(snapshot, format);
  formats.set(format, known);
  return known;
}

function render(snapshot: Snapshot, format: Format): Rendered {
  const text = textOf(createdGroups([...snapshot.values()]), format);
  let deflated: Promise<Buffer> | undefined;
  return {
    text,
    checksum: crc32(text),
    deflated: () => {
      deflated ??= promisify(deflateRaw)(text, { finishFlush: constants.Z_SYNC_FLUSH });
      return deflated;
    },
  };
}

/** Returns the groups with the labels that a Pushgateway would add. Without an empty instance, Prometheus would add its own. */
function createdGroups(groups: readonly HeldGroup[]): CreatedGroup[] {
  return groups.map(({ job, groupingKey, families, time }) => ({
    labels: { job, instance: '', ...groupingKey },
    families,
    createdAt: time,
  }));
}

async function runtimeGroup({ registry, startedAt }: RuntimeMetrics): Promise<CreatedGroup> {
  return { labels: {}, families: await familiesOf(registry), createdAt: startedAt };
}

/** Returns the text without the line that ends it, so that more families can follow. */
function textOf(groups: readonly CreatedGroup[], format: Format): Buffer {
  const { write, end } = FORMATS[format];
  const text = Buffer.from([...write(groups)].join(''));
  return text.subarray(0, text.length - end.length);
}

/**
 * Returns one gzip stream of both parts. The first part is compressed already, up to the border of a byte, and the second one
 * follows it. Two complete streams would be shorter to write, but some clients read only the first.
 */
async function joinedGzip({ text, checksum, deflated }: Rendered, own: Buffer): Promise<Buffer> {
  const [first, second] = await Promise.all([deflated(), promisify(deflateRaw)(own)]);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(own, checksum), 0);
  trailer.writeUInt32LE((text.length + own.length) % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEADER, first, second, trailer]);
}

/** Magic number, method deflate, no flags, no time, no extra flags, Unix (RFC 1952). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
