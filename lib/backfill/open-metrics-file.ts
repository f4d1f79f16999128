import { createReadStream, createWriteStream } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { familiesOf } from '../../lambdas/metrics/families';
import { registered } from '../../lambdas/metrics/registered-group';
import { escapedValue, labelSet, numberText } from '../../lambdas/metrics/series-text';
import type { History } from './history';

/** Returns a history in a file, which appears only when it is complete. */
export async function openMetricsFile(file: string): Promise<History> {
  await mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.part`;
  const history = await openMetrics(() => createWriteStream(draft));
  return {
    ...history,
    async end() {
      await history.end();
      await rename(draft, file);
    },
    async discard() {
      await history.discard();
      await rm(draft, { force: true });
    },
  };
}

/**
 * Returns a history in OpenMetrics with the time of each sample, written to a stream at its end. OpenMetrics demands that all
 * samples of a metric follow each other, so each metric has a temporary file until then.
 */
export async function openMetrics(target: () => Writable): Promise<History> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-history-'));
  const families = new Map<string, Family>();
  const familyOf = (name: string, help: string) => {
    const family = families.get(name) ?? { file: path.join(folder, name), lines: [headOf(name, help)] };
    families.set(name, family);
    return family;
  };
  const discard = () => rm(folder, { recursive: true, force: true });
  return {
    async write({ at, groups }) {
      const seconds = at.getTime() / 1000;
      for (const group of groups) {
        const { registry, job, groupingKey } = registered(group);
        for (const { name, help, values } of await familiesOf(registry)) {
          const { lines } = familyOf(name, help);
          for (const { labels, value } of values)
            lines.push(
              `${name}${labelSet(labels, { job, ...groupingKey })} ${numberText(value)} ${seconds}\n`,
            );
        }
      }
      for (const family of families.values()) await flush(family, LINES_AT_ONCE);
    },
    async end() {
      for (const family of families.values()) await flush(family, 1);
      await pipeline(Readable.from(joined([...families.values()])), target());
      await discard();
    },
    discard,
  };
}

/** The lines of one metric: first in memory, then in its file. */
interface Family {
  readonly file: string;
  lines: string[];
}

const LINES_AT_ONCE = 5_000;

async function flush(family: Family, least: number): Promise<void> {
  if (family.lines.length < least) return;
  const text = family.lines.join('');
  family.lines = [];
  await appendFile(family.file, text);
}

/** Returns the first lines of a metric. Only gauges have a history. */
function headOf(name: string, help: string): string {
  return `# TYPE ${name} gauge\n# HELP ${name} ${escapedValue(help)}\n`;
}

async function* joined(families: readonly Family[]): AsyncGenerator<Buffer | string> {
  for (const { file } of families) yield* createReadStream(file);
  yield '# EOF\n';
}
