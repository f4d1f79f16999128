import { pipeline, Readable } from 'node:stream';
import type { Delivery } from '../faults/delivery';
import type { Input, Result } from './operation';

/** Changes an answer before its protocol writes it. */
type Change = (result: Result, input: Input) => Result;

/** A result of Cost Explorer for one period. */
type PeriodResult = Readonly<Record<string, unknown>> & {
  readonly TimePeriod: { readonly Start: string; readonly End: string };
};

/** Changes that make an answer incomplete or wrong. Those of `ResultsByTime` affect only Cost Explorer. */
export const BROKEN_ANSWERS = {
  'no-periods': ofPeriods(() => []),
  'last-period-missing': ofPeriods((periods) => periods.slice(0, -1)),
  'another-period': ofPeriods(([first, ...others]) => (first ? [inAnotherYear(first), ...others] : others)),
  'days-with-time': ofPeriods((periods) => periods.map(withTime)),
  'no-estimated': ofPeriods((periods) => periods.map((period) => without(period, 'Estimated'))),
  'no-groups': ofPeriods((periods) => periods.map((period) => without(period, 'Groups'))),
  'no-total': ofPeriods((periods) => periods.map((period) => without(period, 'Total'))),
  /** Each following page names the token that it was requested with. */
  'same-token': (result, input) => ({ ...result, ...tokensIn(input) }),
} as const satisfies Record<string, Change>;

/** Returns the answer without one of its members. */
export function without<T extends Result>(result: T, member: string): Result {
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== member));
}

/** Sends a web page, as a proxy does, instead of the answer. */
export function webPage(status: number): Delivery {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!DOCTYPE html><html><head><meta charset="utf-8"><title>Sign in</title></head></html>');
  };
}

/** Sends nothing after the head. */
export const emptyBody: Delivery = (response, { status, headers }) => {
  response.writeHead(status, { ...headers, 'content-length': 0 }).end();
};

const CHUNK = Buffer.alloc(1024 * 1024, ' ');

/** Sends the given number of bytes of white space before the answer, which JSON allows. */
export function padded(bytes: number): Delivery {
  return (response, { status, headers, body }) => {
    response.writeHead(status, headers);
    pipeline(Readable.from(chunks(bytes, body)), response, () => {}); // The client may leave.
  };
}

function* chunks(bytes: number, body: string | Buffer) {
  for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
  yield body;
}

function ofPeriods(change: (periods: readonly PeriodResult[]) => readonly object[]): Change {
  return (result) =>
    Array.isArray(result.ResultsByTime)
      ? { ...result, ResultsByTime: change(result.ResultsByTime as PeriodResult[]) }
      : result;
}

function inAnotherYear({ TimePeriod, ...rest }: PeriodResult) {
  const { Start, End } = TimePeriod;
  return { ...rest, TimePeriod: { Start: `2017${Start.slice(4)}`, End: `2017${End.slice(4)}` } };
}

function withTime({ TimePeriod: { Start, End }, ...rest }: PeriodResult) {
  return { ...rest, TimePeriod: { Start: `${Start}T00:00:00Z`, End: `${End}T00:00:00Z` } };
}

/** The names of page tokens in requests. EC2 writes them with a small letter in its answers. */
const TOKENS = ['Marker', 'NextPageToken', 'NextToken', 'PaginationToken'];

function tokensIn(input: Input): Result {
  const tokens = TOKENS.filter((name) => input[name]);
  return Object.fromEntries(
    tokens.flatMap((name) => [
      [name, input[name]],
      [`${name.charAt(0).toLowerCase()}${name.slice(1)}`, input[name]],
    ]),
  );
}
