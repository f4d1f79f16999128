/**
 * Returns what the specification of OpenMetrics 1.0 forbids in an exposition, one sentence for each fault. Types that nobody writes
 * here, timestamps and exemplars are faults as well.
 */
export function openMetricsFaults(text: string): string[] {
  const faults: string[] = [];
  if (!text.endsWith('# EOF\n')) faults.push('expected # EOF as the last line');
  if (!text.isWellFormed()) faults.push('expected Unicode without lone surrogates');
  const families = familiesIn(text.replace(/# EOF\n$/, ''), faults);
  return [
    ...faults,
    ...families.flatMap(familyFaults),
    ...repeated(families.map(({ name }) => `family ${name}`)),
    ...repeated(families.flatMap(namesOf).map((name) => `series name ${name}`)),
  ];
}

/** A series of an exposition in OpenMetrics. */
export interface OpenMetricsSeries {
  readonly name: string;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: string;
}

interface Family {
  readonly name: string;
  /** The lines that describe the family, by their keyword. */
  readonly described: { readonly keyword: string; readonly text: string }[];
  readonly series: OpenMetricsSeries[];
}

/** Returns every series of an exposition, in its order. */
export function openMetricsSeries(text: string): OpenMetricsSeries[] {
  return familiesIn(text.replace(/# EOF\n$/, ''), []).flatMap(({ series }) => series);
}

const DESCRIPTION = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.*)$/s;
const NUMBER = String.raw`[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?Inf|NaN`;
const ESCAPED = String.raw`(?:[^\\"\n]|\\[\\"n])*`;
const LABEL = String.raw`[a-zA-Z_]\w*="${ESCAPED}"`;
const SERIES = new RegExp(`^([a-zA-Z_:][\\w:]*)(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${NUMBER})$`, 's');
const HELP = new RegExp(`^${ESCAPED}$`, 's');

/** A family begins with the first line that describes another one. */
function familiesIn(text: string, faults: string[]): Family[] {
  const families: Family[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const [, keyword = '', name = '', rest = ''] = DESCRIPTION.exec(line) ?? [];
    const family = families.at(-1);
    if (keyword && family?.name === name && family.series.length === 0)
      family.described.push({ keyword, text: rest });
    else if (keyword) families.push({ name, described: [{ keyword, text: rest }], series: [] });
    else if (family && SERIES.test(line)) family.series.push(seriesIn(line));
    else faults.push(`expected a description or a series, got ${JSON.stringify(line)}`);
  }
  return families;
}

function seriesIn(line: string): OpenMetricsSeries {
  const [, name = '', labels = '', value = ''] = SERIES.exec(line) ?? [];
  const pairs = labels.matchAll(new RegExp(`(\\w+)="(${ESCAPED})"`, 'gs'));
  return {
    name,
    labels: [...pairs].map(([, label = '', escaped = '']) => [label, unescaped(escaped)] as const),
    value,
  };
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/** The rules of each type. Values with the endings in `counting` are neither NaN nor negative. */
const TYPES: Readonly<
  Record<string, { endings: readonly string[]; counting: readonly string[]; bound?: string }>
> = {
  gauge: { endings: [''], counting: [] },
  counter: { endings: ['_total', '_created'], counting: ['_total'] },
  histogram: {
    endings: ['_bucket', '_count', '_sum', '_created'],
    counting: ['_bucket', '_count', '_sum'],
    bound: 'le',
  },
  summary: { endings: ['', '_count', '_sum', '_created'], counting: ['_count', '_sum'], bound: 'quantile' },
};

function familyFaults(family: Family): string[] {
  const type = described(family, 'TYPE');
  const rules = TYPES[type];
  if (!rules) return [`${family.name}: expected a TYPE line with a known type, got ${JSON.stringify(type)}`];
  const faults = [
    ...repeated(family.described.map(({ keyword }) => `${keyword} of ${family.name}`)),
    ...descriptionFaults(family),
    ...repeated(family.series.map((series) => `series ${idOf(series)}`)),
    ...family.series.flatMap((series) => seriesFaults(family, series)),
  ];
  const points = pointsOf(family);
  faults.push(...repeated(points.map(({ id }) => `lines of ${id} apart from each other`)));
  if (type === 'histogram') faults.push(...points.flatMap(histogramFaults));
  return faults;
}

function described({ described: lines }: Family, keyword: string): string {
  return lines.find((line) => line.keyword === keyword)?.text ?? '';
}

function descriptionFaults(family: Family): string[] {
  const faults: string[] = [];
  const unit = described(family, 'UNIT');
  if (unit && !family.name.endsWith(`_${unit}`))
    faults.push(`${family.name}: expected its unit ${unit} at its end`);
  if (!HELP.test(described(family, 'HELP'))) faults.push(`${family.name}: expected HELP with escaped quotes`);
  return faults;
}

function seriesFaults(family: Family, series: OpenMetricsSeries): string[] {
  const { endings, counting, bound } = TYPES[described(family, 'TYPE')] ?? { endings: [], counting: [] };
  const ending = series.name.slice(family.name.length);
  const id = idOf(series);
  const names = series.labels.map(([label]) => label);
  const needsBound = bound !== undefined && (ending === '_bucket' || ending === '');
  const found: readonly (readonly [boolean, string])[] = [
    [
      !series.name.startsWith(family.name) || !endings.includes(ending),
      `${id}: expected a name of the family ${family.name}`,
    ],
    [new Set(names).size < names.length, `${id}: expected each label once`],
    [
      counting.includes(ending) && !(numberOf(series.value) >= 0),
      `${id}: expected a count, got ${series.value}`,
    ],
    [ending === '_created' && !(numberOf(series.value) > 0), `${id}: expected a time, got ${series.value}`],
    [
      bound !== undefined && needsBound !== names.includes(bound),
      `${id}: expected the label ${bound} only where it belongs`,
    ],
    [
      bound === 'quantile' && needsBound && numberOf(series.value) < 0,
      `${id}: expected no negative quantile`,
    ],
    [needsBound && !isBound(bound, series), `${id}: expected ${bound} as a float in its range`],
  ];
  return found.flatMap(([isFault, sentence]) => (isFault ? [sentence] : []));
}

function isBound(bound: string, { labels }: OpenMetricsSeries): boolean {
  const text = new Map(labels).get(bound) ?? '';
  const value = numberOf(text);
  return /[.e]|^\+Inf$/.test(text) && (bound === 'le' || (value >= 0 && value <= 1));
}

/** The consecutive series of a family that differ in nothing but their bounds. */
interface Point {
  readonly id: string;
  readonly series: OpenMetricsSeries[];
}

function pointsOf(family: Family): Point[] {
  const points: Point[] = [];
  for (const series of family.series) {
    const own = series.labels.filter(([label]) => label !== 'le' && label !== 'quantile');
    const id = idOf({ name: family.name, labels: own });
    const last = points.at(-1);
    if (last?.id === id) last.series.push(series);
    else points.push({ id, series: [series] });
  }
  return points;
}

function histogramFaults({ id, series }: Point): string[] {
  const buckets = series.filter(({ name }) => name.endsWith('_bucket'));
  const bounds = buckets.map(({ labels }) => numberOf(new Map(labels).get('le') ?? ''));
  const counts = buckets.map(({ value }) => numberOf(value));
  const valueWith = (ending: string) => series.find(({ name }) => name.endsWith(ending))?.value;
  const count = valueWith('_count');
  const found: readonly (readonly [boolean, string])[] = [
    [bounds.at(-1) !== Number.POSITIVE_INFINITY, `${id}: expected the bucket +Inf last`],
    [!isRising(bounds, (one, next) => one < next), `${id}: expected rising bounds`],
    [!isRising(counts, (one, next) => one <= next), `${id}: expected cumulative buckets`],
    [
      (count === undefined) !== (valueWith('_sum') === undefined),
      `${id}: expected a count exactly with a sum`,
    ],
    [
      count !== undefined && numberOf(count) !== counts.at(-1),
      `${id}: expected the count of the bucket +Inf`,
    ],
    [bounds.some((bound) => bound < 0) && count !== undefined, `${id}: expected no sum with negative bounds`],
  ];
  return found.flatMap(([isFault, sentence]) => (isFault ? [sentence] : []));
}

function isRising(values: readonly number[], inOrder: (one: number, next: number) => boolean): boolean {
  return values.every((value, i) => i === 0 || inOrder(values[i - 1] ?? Number.NaN, value));
}

/** Returns the names that a family takes, whether or not they are used; for a counter also its own. */
function namesOf(family: Family): string[] {
  const { endings } = TYPES[described(family, 'TYPE')] ?? { endings: [] };
  return [...new Set(['', ...endings])].map((ending) => family.name + ending);
}

function idOf({ name, labels }: Pick<OpenMetricsSeries, 'name' | 'labels'>): string {
  return `${name}${JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))}`;
}

function repeated(all: readonly string[]): string[] {
  const seen = new Set<string>();
  return all.flatMap((one) => (seen.size === seen.add(one).size ? [`expected once: ${one}`] : []));
}

function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
