import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as v from 'valibot';
import type { HeldGroup, Snapshot } from './held-groups';
import { replaceFile } from './replace-file';

/**
 * Writes all groups into the file.
 * @throws Error if there are more than a file holds. The file keeps its content.
 */
export async function writeSnapshot(file: string, snapshot: Snapshot): Promise<void> {
  const groups = [...snapshot.values()];
  const json = JSON.stringify({ version: VERSION, groups }, (_, value) => storable(value));
  if (json.length > MOST_CHARACTERS)
    throw new Error(
      `snapshot ${file}: expected at most ${MOST_CHARACTERS} characters, got ${json.length}; lower maxSeries or maxInventory`,
    );
  await replaceFile(file, await promisify(gzip)(json, { level: 1 }));
}

const VERSION = 1;

/** Returns the number as a string if JSON has no form for it. */
function storable(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/**
 * Returns the groups in the file, or undefined if there is no file.
 * @throws Error that names the file if it holds anything else.
 */
export async function readSnapshot(file: string): Promise<readonly HeldGroup[] | undefined> {
  try {
    return groupsIn(await promisify(gunzip)(await readFile(file), { maxOutputLength: 4 * MOST_CHARACTERS }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`snapshot ${file}: expected compressed groups of this version, got: ${message}`);
  }
}

/** The length of about a million series as JSON. In UTF-8, a character takes up to four bytes. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

function groupsIn(json: Buffer): readonly HeldGroup[] {
  const { success, output, issues } = v.safeParse(SNAPSHOT, JSON.parse(json.toString('utf8')), {
    abortEarly: true,
  });
  if (success) return output.groups;
  throw new Error(`${v.getDotPath(issues[0])}: ${issues[0].message}`);
}

const VALUE = v.union([
  v.number(),
  v.pipe(v.picklist(['NaN', 'Infinity', '-Infinity']), v.transform(Number)),
]);

const FAMILY = v.object({
  name: v.string(),
  help: v.string(),
  type: v.picklist(['gauge', 'counter', 'histogram', 'summary']),
  values: v.array(
    v.object({
      metricName: v.optional(v.string()),
      labels: v.record(v.string(), v.union([v.string(), v.number()])),
      value: VALUE,
    }),
  ),
});

const SNAPSHOT = v.object({
  version: v.literal(VERSION),
  groups: v.array(
    v.object({
      collector: v.string(),
      job: v.string(),
      groupingKey: v.record(v.string(), v.string()),
      time: v.pipe(
        v.string(),
        v.isoTimestamp(),
        v.transform((time) => new Date(time)),
      ),
      families: v.array(FAMILY),
    }),
  ),
});
