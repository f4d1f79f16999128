import type { Labels } from './families';

/**
 * Returns a label set in the form that both text formats share, or an empty string without labels. Fixed labels replace those of the
 * same name.
 */
export function labelSet(labels: Labels, fixed: Readonly<Record<string, string>>): string {
  let pairs = '';
  for (const label in labels) if (!Object.hasOwn(fixed, label)) pairs += pair(pairs, label, labels[label]);
  for (const label in fixed) pairs += pair(pairs, label, fixed[label]);
  return pairs && `{${pairs}}`;
}

function pair(before: string, label: string, value: string | number | undefined): string {
  return `${before && ','}${label}="${escapedValue(String(value))}"`;
}

/** Returns a number in the form that both text formats share. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return `${value}`;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

const SPECIAL = /[\\\n"]/;

/** Escapes a label value, and help in OpenMetrics. */
export function escapedValue(value: string): string {
  return SPECIAL.test(value) ? escapedHelp(value).replace(/"/g, '\\"') : value;
}

/** Escapes help in the format of Prometheus, which leaves quotes as they are. */
export function escapedHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

/** Length in characters from which a chunk is yielded. */
const CHUNK = 64 * 1024;

/** Joins pieces of text to chunks. Each chunk is formatted when it is read. */
export function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
