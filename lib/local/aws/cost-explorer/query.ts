import { isDay } from '../../bill/day';
import type { Input } from '../operation';
import { listOf, oneOf, optional, type Reader, structure, text, unexpected } from '../shape';
import type { Scope } from './dimensions';
import { type Filter, filterReader } from './filter';
import { type Grouping, groupByReader } from './grouping';
import { METRIC_NAMES, type MetricName } from './metrics';
import { GRANULARITIES, type Granularity, type Period } from './periods';

/** The parameters of a Cost Explorer query. */
export interface CostQuery {
  readonly period: Period;
  readonly granularity: Granularity;
  readonly metrics: readonly MetricName[];
  readonly groupBy: readonly Grouping[];
  readonly filter: Filter | undefined;
  /** The token of a following page; undefined for the first. */
  readonly token: string | undefined;
  /** Identifies the parameters and the account; all pages of a query share it. */
  readonly id: string;
}

/** Reads the parameters and the account. Throws a ValidationException that names what is wrong or not modelled. */
export function queryReader(scope: Scope): (input: Input, accountId: string) => CostQuery {
  const read = structure({
    TimePeriod: structure({ Start: day, End: day }),
    Granularity: oneOf(GRANULARITIES),
    Metrics: listOf(oneOf(METRIC_NAMES), { least: 1, most: METRIC_NAMES.length }),
    GroupBy: optional(groupByReader(scope)),
    Filter: optional(filterReader(scope)),
    NextPageToken: optional(text),
  });
  return (input, accountId) => {
    const { TimePeriod, Granularity, Metrics, GroupBy = [], Filter, NextPageToken } = read(input, '');
    return {
      period: TimePeriod,
      granularity: Granularity,
      metrics: Metrics,
      groupBy: GroupBy,
      filter: Filter,
      token: NextPageToken,
      id: JSON.stringify({ ...input, NextPageToken: undefined, accountId }),
    };
  };
}

/** Reads a day as YYYY-MM-DD. */
export const day: Reader<string> = (value, where) => {
  if (typeof value === 'string' && isDay(value)) return value;
  throw unexpected(where, 'a day as YYYY-MM-DD', value);
};
