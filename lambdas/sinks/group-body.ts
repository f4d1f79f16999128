import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { exposition } from '../metrics/exposition';
import type { RegisteredGroup } from '../metrics/registered-group';

/** The body of a push with the headers that describe it. */
interface GroupBody {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Series from which a group's text is not held in memory as a whole. */
export const LARGE_GROUP = 1_000;

/** Streams large groups, which saves memory. A small group is compressed before a stream would be set up. */
export async function compressedBody(group: RegisteredGroup): Promise<GroupBody> {
  const { contentType, chunks } = await exposition(group.registry);
  const isLarge = group.size >= LARGE_GROUP;
  const body = isLarge ? await pipeline(chunks, createGzip(), buffer) : gzipSync([...chunks].join(''));
  return { headers: { 'Content-Type': contentType, 'Content-Encoding': 'gzip' }, body };
}

/** Returns the text of the group as it is. */
export async function plainBody(group: RegisteredGroup): Promise<GroupBody> {
  const { contentType, chunks } = await exposition(group.registry);
  return { headers: { 'Content-Type': contentType }, body: Buffer.from([...chunks].join('')) };
}
