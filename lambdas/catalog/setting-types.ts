import * as v from 'valibot';
import { nearest } from './did-you-mean';
import { REGIONLESS, REGIONS } from './regions';
import { COST_EXPLORER_SERVICES, SERVICE_NICKNAMES } from './services';

/** Returns the message of an issue. `checkInput` puts the path before it and the actual value after it. */
export const expected = (what: string) => `expected ${what}`;

/** Adds the description that the documentation shows. */
export function setting<S extends v.GenericSchema>(schema: S, description: string) {
  return v.pipe(schema, v.description(description));
}

/** Accepts an object with exactly these keys; others are errors. */
export function objectOf<E extends v.ObjectEntries>(entries: E, example: string) {
  return v.strictObject(entries, ({ path, expected: type }) => {
    const missing = type === 'Object' ? undefined : entries[String(path?.[0]?.key)];
    const [issue] = missing ? (v.safeParse(missing, undefined).issues ?? []) : [];
    return issue?.message ?? expected(`an object such as ${example}`);
  });
}

/** Accepts an array with at least one item. */
export function list<S extends v.GenericSchema>(item: S, example: string) {
  const message = expected(`an array such as ${example}`);
  return v.pipe(v.array(item, message), v.minLength(1, message));
}

/** Accepts an array of strings, each at most once. */
export function set<S extends v.GenericSchema<unknown, string>>(
  item: S,
  example: string,
  { empty = false } = {},
) {
  const message = expected(`an array such as ${example}`);
  return v.pipe(
    v.array(item, message),
    v.minLength(empty ? 0 : 1, message),
    v.checkItems((value, index, items) => items.indexOf(value) === index, expected('each item at most once')),
  );
}

/** Accepts a whole number between two bounds, both included. */
export function integer(from: number, to: number) {
  const message = expected(`a whole number from ${from} to ${to}`);
  return v.pipe(v.number(message), v.integer(message), v.minValue(from, message), v.maxValue(to, message));
}

/** Accepts a number above 0. */
export function positiveNumber(what: string) {
  const message = expected(what);
  return v.pipe(v.number(message), v.finite(message), v.gtValue(0, message));
}

/** Accepts one of the given words. */
export function oneOf<const O extends readonly [string, ...string[]]>(options: O) {
  return v.picklist(options, expected(`one of ${options.join(', ')}`));
}

/** A Region of any partition, or a value of Cost Explorer for charges without a Region. */
export const region = v.picklist([...REGIONS, ...REGIONLESS], ({ input }) =>
  expected(`a Region such as ${nearest(String(input), REGIONS) ?? 'eu-west-1'}, global or NoRegion`),
);

/** Accepts a string that is not empty. `what` describes it in the error. */
export function text(what: string) {
  return v.pipe(v.string(expected(what)), v.nonEmpty(expected(what)));
}

/** Accepts a string that matches a pattern. `what` describes it in the error. */
export function matching(pattern: RegExp, what: string) {
  return v.pipe(v.string(expected(what)), v.regex(pattern, expected(what)));
}

/** Accepts an account id of twelve digits. */
export const accountId = matching(/^\d{12}$/, 'an account id of twelve digits such as 111122223333');

/** Accepts a complete ARN of one service, with partition, Region, account and resource. */
export function arnOf(service: string, resource: string, example: string) {
  return matching(
    new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:\\d{12}:${resource}$`),
    `an ARN such as arn:aws:${service}:eu-west-1:111122223333:${example}`,
  );
}

/** Accepts an array of AWS ids with one prefix, such as `subnet-0123abcd`. */
export function idsOf(prefix: string) {
  const example = `${prefix}-0a1b2c3d`;
  return list(matching(new RegExp(`^${prefix}-[0-9a-f]+$`), `an id such as ${example}`), `["${example}"]`);
}

/** Accepts a URL without user info, query and fragment, which may hold credentials. Those belong in the headers secret. */
export function urlOf(protocols: readonly string[], what: string) {
  return v.pipe(
    v.string(expected(what)),
    v.check(
      (url) => URL.canParse(url) && protocols.includes(new URL(url).protocol.slice(0, -1)),
      expected(what),
    ),
    v.check(
      isPlain,
      expected('a URL without credentials, query and fragment: put credentials into the headers secret'),
    ),
  );
}

function isPlain(url: string): boolean {
  if (!URL.canParse(url)) return true; // The check before this one reports it.
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '';
}

/** Accepts the key of a cost allocation tag, without the prefix `user:` that the Billing console shows. */
export function tagKey(example: string) {
  return v.pipe(
    matching(
      /^[\p{L}\p{N} _.:/=+@-]{1,128}$/u,
      `a tag key such as ${example}, of letters, digits, spaces and _.:/=+-@`,
    ),
    v.check((key) => !key.startsWith('user:'), expected(`the tag key without "user:", as in "${example}"`)),
  );
}

/** Accepts the key of a tag that users set. Keys that begin with `aws:` are reserved for AWS. */
export function ownTagKey(example: string) {
  return v.pipe(
    tagKey(example),
    v.check(
      (key) => !key.startsWith('aws:'),
      expected(`a tag key of your own such as ${example}, not one of aws:`),
    ),
  );
}

/** A service by its name in Cost Explorer. It is checked here, because Cost Explorer answers an unknown name without an error. */
export const serviceName = v.pipe(
  v.string(expected(service())),
  v.check(isService, ({ input }) => expected(service(suggestion(input)))),
);

function service(name = 'Amazon Elastic Compute Cloud - Compute'): string {
  return `the name of a service in Cost Explorer such as "${name}"`;
}

/** Accepts names of the usual form that resemble no known name, because AWS adds services. */
function isService(name: string): boolean {
  const isKnown = COST_EXPLORER_SERVICES.some((known) => known === name);
  return isKnown || (/^(Amazon|AWS) /.test(name) && suggestion(name) === undefined);
}

function suggestion(name: string): string | undefined {
  return SERVICE_NICKNAMES[name.toLowerCase()] ?? nearest(name, COST_EXPLORER_SERVICES);
}

const ZONE = 'a time zone such as Etc/UTC or Europe/Berlin';

/** An IANA time zone that Node.js knows. */
export const timeZone = v.pipe(v.string(expected(ZONE)), v.check(isTimeZone, expected(ZONE)));

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
