import type { Delivery } from '../catalog/delivery';
import type { Operator } from './vector';

/**
 * Days for which a written value is carried over the time without new samples. Vanished series are ended by their NaN, so the
 * window may be long. A daily value must be visible after four failed runs, until the run after them has ended, which takes
 * more than five days; a week also covers a failure that begins before a long weekend. After a week without a complete run,
 * TollgateAbsent replaces TollgateStale.
 */
export const CARRIED_DAYS = 7;

/** A distance in time. */
export type Duration = `${number}d`;

/** A statistic of several values of a series. */
export type Statistic = 'avg' | 'stddev' | 'last';

/** The time of the values that a selector reads. */
export type Moment =
  | { readonly at: 'evaluation' | 'lately' | 'end' }
  | { readonly at: 'before'; readonly distance: Duration }
  | {
      readonly at: 'days';
      readonly statistic: Statistic;
      readonly days: number;
      readonly asOfDaysAgo: number;
    };

/** The PromQL of a selector. */
interface Form {
  readonly expr: string;
  /** The outermost binary operator. @default none */
  readonly operator?: Operator;
}

/** Returns the PromQL that reads a selector, such as `up{job="node"}`, at the moment. */
export function formOf(selector: string, moment: Moment, delivery: Delivery): Form {
  return FORMS[delivery](selector, moment);
}

const FORMS: Readonly<Record<Delivery, (selector: string, moment: Moment) => Form>> = { scraped, written };

/**
 * Reads samples that are a minute apart, and days of a backfill, which have one sample at 00:00 UTC. Only a reading at
 * 00:00 UTC finds both.
 */
function scraped(selector: string, moment: Moment): Form {
  switch (moment.at) {
    case 'evaluation':
      return { expr: selector };
    case 'lately':
      return { expr: `last_over_time(${selector}[1h])` };
    case 'end':
      // The end may be a midnight for which neither a backfill nor a scrape has a sample yet.
      return orIfNone(`${selector} @ end()`, `last_over_time(${selector}[2d] @ end())`);
    case 'before':
      return beforeScraped(selector, moment.distance);
    case 'days':
      return { expr: overDays(selector, moment) };
  }
}

function beforeScraped(selector: string, distance: Duration): Form {
  return orIfNone(`${selector} offset ${distance}`, `last_over_time(${selector}[1d:1d] offset ${distance})`);
}

/** Reads the second expression only if the first has no series at all, so that no dollar is read at two times. */
function orIfNone(first: string, second: string): Form {
  return { expr: `${first} or on () ${second}`, operator: 'or' };
}

/** Carries each value to the next write. The comparison removes the NaN that ends a vanished series. */
function written(selector: string, moment: Moment): Form {
  const carried = (time = '') => `last_over_time(${selector}[${CARRIED_DAYS}d]${time}) > -Inf`;
  switch (moment.at) {
    case 'evaluation':
    case 'lately':
      return { expr: carried(), operator: '>' };
    case 'end':
      return { expr: carried(' @ end()'), operator: '>' };
    case 'before':
      return { expr: carried(` offset ${moment.distance}`), operator: '>' };
    case 'days':
      return { expr: overDays(`(${carried()})`, moment) };
  }
}

/** Reads one value a day. Prometheus evaluates a step of a day at 00:00 UTC, whenever the query is evaluated. */
function overDays(
  operand: string,
  { statistic, days, asOfDaysAgo }: Extract<Moment, { readonly at: 'days' }>,
): string {
  return `${statistic}_over_time(${operand}[${days}d:1d] offset ${asOfDaysAgo}d)`;
}
