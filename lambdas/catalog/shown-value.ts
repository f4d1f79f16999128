/** The place of a value: the last key of its path, and what the schema expects there. */
interface Place {
  readonly key: string;
  /** The kind of the failed check, as valibot names it. */
  readonly type: string;
}

/** Describes an input for a message that may appear in a public log: without values of objects, and without secrets. */
export function shownValue(input: unknown, place: Place): string {
  if (input === undefined) return 'nothing';
  if (input === null) return 'null';
  if (Array.isArray(input)) return input.length > 0 ? 'another array' : 'an empty array';
  if (typeof input === 'object') return 'an object';
  return typeof input === 'string' ? shownString(input, place) : String(input);
}

/** Returns a key for the path of a message. A key that resembles a secret is only measured. */
export function shownKey(key: string): string {
  return /^[\w-]*$/.test(key) && !resemblesSecret(key) ? key : `(a key of ${key.length} characters)`;
}

function shownString(input: string, { key, type }: Place): string {
  if (input === '') return '""';
  if (INSTEAD_OF.has(type)) return hidden(input);
  const { show } = BY_KEY.find(({ where }) => where.test(key)) ?? { show: shownWord };
  return show(input);
}

/** The checks of objects, of their variants, of arrays and of records. A string in their place may be a secret, such as a URL with a token. */
const INSTEAD_OF: ReadonlySet<string> = new Set(['strict_object', 'variant', 'array', 'record']);

/** The treatment of keys whose values may hold a secret. */
const BY_KEY: readonly { readonly where: RegExp; readonly show: (input: string) => string }[] = [
  { where: /^externalId$/, show: hidden },
  { where: /Arn$/, show: (input) => (input.startsWith('arn:') ? quoted(input) : hidden(input)) },
  { where: /url$/i, show: shownUrl },
];

function shownWord(input: string): string {
  return resemblesSecret(input) ? hidden(input) : quoted(input);
}

/** Shows scheme and host. User info, path, query and fragment may hold credentials. */
function shownUrl(input: string): string {
  const [, scheme = '', host = ''] = /^([a-z]{2,10}:\/\/)?([\w.-]*(?::\d{1,5})?)/i.exec(input) ?? [];
  const shown = input.includes('@') || !resemblesHost(host) ? scheme : `${scheme}${host}`;
  if (shown === input) return quoted(input);
  return shown === ''
    ? hidden(input)
    : `${quoted(`${shown}…`)}, whose end is not shown because it may be secret`;
}

/** Reports whether a string is a host name or the start of one, and not a password. */
function resemblesHost(text: string): boolean {
  return (/^[a-z-]*$/i.test(text) || /[.:]/.test(text)) && !resemblesSecret(text);
}

/** Reports whether a string contains a long run of letters and digits, as tokens, keys and encoded passwords do, or is a URL. */
function resemblesSecret(text: string): boolean {
  if (AWS_ID.test(text)) return false;
  const runs = text.match(/[\w+/=-]{16,}/g) ?? [];
  return /:\/\/|@|%[0-9a-f]{2}/i.test(text) || runs.some((run) => /\d/.test(run) && /[a-z]/i.test(run));
}

/** The id of a resource, such as `subnet-0a1b2c3d4e5f6a7b8`. */
const AWS_ID = /^[a-z]+-[0-9a-f]{8,17}$/;

function hidden(input: string): string {
  return `a string of ${input.length} characters, which is not shown because it may be secret`;
}

function quoted(input: string): string {
  return JSON.stringify(input.length > 80 ? `${input.slice(0, 80)}…` : input);
}
