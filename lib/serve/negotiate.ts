import { type Accept, parseAccept } from 'hono/utils/accept';

/** The formats of metrics. */
export type Format = 'text' | 'openmetrics';

/** The media types, and their versions that a client may name. The first of two that a client likes equally is sent. */
const TYPES: Readonly<Record<Format, { readonly type: string; readonly versions: readonly string[] }>> = {
  text: { type: 'text/plain', versions: ['0.0.4', '1.0.0'] },
  openmetrics: { type: 'application/openmetrics-text', versions: ['1.0.0', '0.0.1'] },
};

/** Returns the format that the header `Accept` prefers; Prometheus text if it accepts none. */
export function formatFor(header: string | undefined): Format {
  const ranges = parseAccept(header ?? '');
  return qualityOf('openmetrics', ranges) > qualityOf('text', ranges) ? 'openmetrics' : 'text';
}

/** Returns the quality of the most specific range that matches; without any range, everything is accepted. */
function qualityOf(format: Format, ranges: readonly Accept[]): number {
  const { type, versions } = TYPES[format];
  const [main] = type.split('/');
  const exact = ranges.filter(
    ({ params: { version }, ...range }) =>
      lower(range.type) === type && (version === undefined || versions.includes(version)),
  );
  const matching = [exact, ofType(ranges, `${main}/*`), ofType(ranges, '*/*')].find(
    (some) => some.length > 0,
  );
  if (matching) return Math.max(...matching.map(({ q }) => q));
  return ranges.length === 0 ? 1 : 0;
}

function ofType(ranges: readonly Accept[], type: string): readonly Accept[] {
  return ranges.filter((range) => lower(range.type) === type);
}

/** Reports whether the header `Accept-Encoding` allows gzip and does not prefer the plain answer. */
export function acceptsGzip(header: string | undefined): boolean {
  const ranges = parseAccept(header ?? '');
  const quality = (...names: string[]) => ranges.find(({ type }) => names.includes(lower(type)))?.q;
  const gzip = quality('gzip', 'x-gzip') ?? quality('*') ?? 0;
  return gzip > 0 && gzip >= (quality('identity') ?? 0);
}

function lower(text: string): string {
  return text.toLowerCase();
}
