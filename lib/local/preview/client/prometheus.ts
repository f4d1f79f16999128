import type { TimeRange } from './time-range';

/** The labels of a series by name. */
export type Labels = Readonly<Record<string, string>>;

/** A series with its value at one time. */
export interface InstantSeries {
  readonly labels: Labels;
  /** Milliseconds, as all times of the page. */
  readonly time: number;
  readonly value: number;
}

interface RangeSeries {
  readonly labels: Labels;
  readonly points: ReadonlyMap<number, number>;
}

/** Returns the series at a time in milliseconds. */
export async function instantQuery(expr: string, at: number): Promise<InstantSeries[]> {
  const data = await ask<Vector>('query', { query: expr, time: seconds(at) });
  if (data.resultType === 'scalar') return [{ labels: {}, ...point(data.result) }];
  return data.result.map(({ metric, value }) => ({ labels: metric, ...point(value) }));
}

/** Returns the value at each time; times are one step apart. */
export async function rangeQuery(
  expr: string,
  times: readonly number[],
  stepMs: number,
): Promise<RangeSeries[]> {
  const { result } = await ask<Matrix>('query_range', {
    query: expr,
    start: seconds(times[0] ?? 0),
    end: seconds(times.at(-1) ?? 0),
    step: seconds(stepMs),
  });
  return result.map(({ metric, values }) => ({
    labels: metric,
    points: new Map(values.map(point).map(({ time, value }) => [time, value])),
  }));
}

/** Returns the values of a label over the range. */
export function labelValues(selector: string, label: string, { from, to }: TimeRange): Promise<string[]> {
  return ask(`label/${label}/values`, { 'match[]': selector, start: seconds(from), end: seconds(to) });
}

type Point = readonly [seconds: number, value: string];
type Vector =
  | { readonly resultType: 'scalar'; readonly result: Point }
  | {
      readonly resultType: 'vector';
      readonly result: readonly { readonly metric: Labels; readonly value: Point }[];
    };
interface Matrix {
  readonly result: readonly { readonly metric: Labels; readonly values: readonly Point[] }[];
}
type Answer<T> =
  | { readonly status: 'success'; readonly data: T }
  | { readonly status: 'error'; readonly error: string };

async function ask<T>(what: string, parameters: Readonly<Record<string, string>>): Promise<T> {
  const response = await fetch(`/api/v1/${what}?${new URLSearchParams(parameters)}`);
  const text = await response.text();
  const answer = text.startsWith('{') ? (JSON.parse(text) as Answer<T>) : undefined;
  if (answer?.status === 'success') return answer.data;
  throw new Error(
    answer?.error ?? `expected an answer of Prometheus, got ${response.status} ${text.slice(0, 200)}`,
  );
}

function point([time, value]: Point): { time: number; value: number } {
  return { time: Math.round(time * 1000), value: Number(value.replace('Inf', 'Infinity')) };
}

function seconds(milliseconds: number): string {
  return String(milliseconds / 1000);
}
