import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { groupId } from '../metrics/group';
import type { StoredGroups } from './sink';

/** An answer of `/metrics` as it arrives. */
interface MetricsPage {
  readonly body: Readable;
  /** The header `content-encoding`. */
  readonly encoding: string | undefined;
  /** Bytes to read, after decompression. */
  readonly limit: number;
}

/**
 * Returns the groups on a Pushgateway's page of metrics; undefined if the page is longer than the limit or from another
 * program. Memory does not grow with the page.
 * @throws Error if the connection or the compressed data is cut.
 */
export async function storedGroups({
  body,
  encoding,
  limit,
}: MetricsPage): Promise<StoredGroups | undefined> {
  const stored = new Map<string, number>();
  let isGateway = false;
  for await (const lines of linesOf(decoded(body, encoding), limit)) {
    if (!lines) return undefined; // Leaving the loop closes the connection.
    for (const line of lines) {
      if (line.startsWith('# TYPE push')) isGateway = true; // A gateway without groups has metrics of its own.
      if (!line.startsWith(FAMILY)) continue;
      const entry = entryOf(line);
      if (!entry) return undefined;
      stored.set(...entry);
    }
  }
  return isGateway ? stored : undefined;
}

/** The start of each line with the time of a group's last accepted push. */
const FAMILY = 'push_time_seconds{';

/** Characters of a line. A line without an end is not kept in memory. */
const LONGEST_LINE = 1024 * 1024;

function decoded(body: Readable, encoding: string | undefined): Readable {
  // The reader of the last stream gets its error.
  return encoding === 'gzip' ? pipeline(body, createGunzip(), () => {}) : body;
}

/** Yields the complete lines of each chunk, and undefined instead when a limit is reached. */
async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  limit: number,
): AsyncGenerator<readonly string[] | undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    // Only a line feed ends a line; label values may contain any other line break.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield bytes > limit || rest.length > LONGEST_LINE ? undefined : lines;
  }
}

/** Returns the id and the time in a line such as `push_time_seconds{instance="",job="a"} 1.7e+09`. */
function entryOf(line: string): [id: string, time: number] | undefined {
  const [, pairs = '', value] = ENTRY.exec(line) ?? [];
  const { job, instance, ...labels } = labelsIn(pairs);
  const time = Number(value);
  if (job === undefined || Number.isNaN(time)) return undefined;
  // The gateway adds an empty instance to each group that has none.
  return [groupId({ job, groupingKey: instance ? { ...labels, instance } : labels }), time];
}

const ENTRY = /^push_time_seconds((?:[{,]\w+="[^"\\]*(?:\\.[^"\\]*)*")+)\} (\S+)$/;
const LABEL = /[{,](\w+)="([^"\\]*(?:\\.[^"\\]*)*)"/g;

function labelsIn(pairs: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...pairs.matchAll(LABEL)].map(([, label = '', value = '']) => [label, unescaped(value)]),
  );
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}
