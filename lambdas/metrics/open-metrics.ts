import type { MetricType } from '../catalog/metrics';
import {
  type FamilyGroup,
  type Labels,
  type MergedFamily,
  mergedFamilies,
  openMetricsName,
  type Part,
} from './families';
import { escapedValue, inChunks, labelSet, numberText } from './series-text';

/** The media type of OpenMetrics. */
export const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** The families of one group, with the time from which its counters, histograms and summaries count. */
export interface CreatedGroup extends FamilyGroup {
  readonly createdAt: Date;
}

/**
 * Yields the series of all groups in OpenMetrics 1.0, one family after another. Sums and quantiles below zero are omitted, because
 * OpenMetrics forbids them.
 * @throws Error for families that cannot be merged.
 */
export function openMetrics(groups: readonly CreatedGroup[]): Iterable<string> {
  return inChunks(pieces(mergedFamilies(groups)));
}

function* pieces(families: readonly MergedFamily<CreatedGroup>[]): Generator<string> {
  for (const { help, type, parts, ...family } of families) {
    const name = openMetricsName({ ...family, type });
    yield `# TYPE ${name} ${type}\n${unitLine(name)}# HELP ${name} ${escapedValue(help)}\n`;
    for (const part of parts) yield* LINES[type](name, part);
  }
  yield '# EOF\n';
}

/** Units of metrics. OpenMetrics demands that a name ends with its unit. */
const UNIT = /_(seconds|bytes|ratio|celsius|meters|volts|amperes|joules|grams|usd)$/;

function unitLine(name: string): string {
  const [, unit] = UNIT.exec(name) ?? [];
  return unit ? `# UNIT ${name} ${unit}\n` : '';
}

type CreatedPart = Part<CreatedGroup>;

/** Writes the series of each type. */
const LINES: Readonly<Record<MetricType, (name: string, part: CreatedPart) => Generator<string>>> = {
  *gauge(name, part) {
    for (const { labels, value } of part.values) yield line(part, name, labels, value);
  },
  *counter(name, part) {
    for (const { labels, value } of part.values) {
      yield line(part, `${name}_total`, labels, value);
      yield created(part, name, labels);
    }
  },
  *histogram(name, part) {
    for (const { labels, ranks, sum, count } of observations(name, 'le', part)) {
      for (const { bound, value } of ranks)
        yield line(part, `${name}_bucket`, { ...labels, le: bound }, value);
      // Negative sums and bounds are no counters, and the bucket +Inf has the count as well.
      if (sum >= 0 && !ranks.some(({ bound }) => Number(bound) < 0)) {
        yield line(part, `${name}_count`, labels, count);
        yield line(part, `${name}_sum`, labels, sum);
      }
      yield created(part, name, labels);
    }
  },
  *summary(name, part) {
    for (const { labels, ranks, sum, count } of observations(name, 'quantile', part)) {
      for (const { bound, value } of ranks)
        if (!(value < 0)) yield line(part, name, { ...labels, quantile: bound }, value);
      yield line(part, `${name}_count`, labels, count);
      if (sum >= 0) yield line(part, `${name}_sum`, labels, sum);
      yield created(part, name, labels);
    }
  },
};

function line({ group }: CreatedPart, name: string, labels: Labels, value: number): string {
  return `${name}${labelSet(labels, group.labels)} ${numberText(value)}\n`;
}

function created(part: CreatedPart, name: string, labels: Labels): string {
  return line(part, `${name}_created`, labels, part.group.createdAt.getTime() / 1000);
}

/** The observations with one set of labels. */
interface Observations {
  readonly labels: Labels;
  /** The buckets or quantiles. */
  readonly ranks: { readonly bound: string; readonly value: number }[];
  sum: number;
  count: number;
}

/** Returns the values of a histogram or a summary by their labels without the bound, `le` or `quantile`. */
function observations(name: string, bound: string, { values }: CreatedPart): Iterable<Observations> {
  const all = new Map<string, Observations>();
  for (const {
    metricName,
    labels: { [bound]: at, ...labels },
    value,
  } of values) {
    const key = JSON.stringify(labels);
    const one = all.get(key) ?? { labels, ranks: [], sum: 0, count: 0 };
    if (at !== undefined) one.ranks.push({ bound: boundText(at), value });
    else if (metricName === `${name}_sum`) one.sum = value;
    else one.count = value;
    all.set(key, one);
  }
  return all.values();
}

/** Returns a bound as a float, as OpenMetrics asks for. */
function boundText(bound: string | number): string {
  const text = String(bound);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
