import { invalid } from './failure';

/** Reads a value strictly. Throws a ValidationException that names the value by `where`. */
export type Reader<T> = (value: unknown, where: string) => T;

/** Reads a string. */
export const text: Reader<string> = (value, where) => {
  if (typeof value === 'string') return value;
  throw unexpected(where, 'a string', value);
};

/** Reads a whole number; the Query protocol sends it as a string. */
export function wholeNumber(least: number, most: number): Reader<number> {
  return (value, where) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (Number.isInteger(number) && Number(number) >= least && Number(number) <= most) return Number(number);
    throw unexpected(where, `a whole number from ${least} to ${most}`, value);
  };
}

/** Reads one of the given values. */
export function oneOf<T extends string>(values: readonly T[]): Reader<T> {
  return (value, where) => {
    const known = values.find((candidate) => candidate === value);
    if (known !== undefined) return known;
    throw unexpected(where, `one of ${values.join(', ')}`, value);
  };
}

/** Reads an array with a bounded number of items. */
export function listOf<T>(item: Reader<T>, { least = 0, most = Number.POSITIVE_INFINITY } = {}): Reader<T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw unexpected(where, 'an array', value);
    if (value.length < least) throw unexpected(where, `at least ${least} of them`, value);
    if (value.length > most) throw unexpected(where, `at most ${most} of them`, value);
    return value.map((member, index) => item(member, `${where}[${index}]`));
  };
}

/** Reads a value that may be absent. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, where) => (value === undefined || value === null ? undefined : reader(value, where));
}

/** Reads an object with exactly these members, so that a parameter that is not modelled is an error. */
export function structure<T extends object>(members: { readonly [K in keyof T]: Reader<T[K]> }): Reader<T> {
  return (value, where) => {
    const given = objectOf(value, where);
    const stranger = Object.keys(given).find((name) => !Object.hasOwn(members, name));
    if (stranger !== undefined)
      throw unexpected(path(where, stranger), `only ${Object.keys(members).join(', ')}`, given[stranger]);
    const read = Object.entries<Reader<unknown>>(members).map(([name, reader]) => [
      name,
      reader(given[name], path(where, name)),
    ]);
    return Object.fromEntries(read) as T;
  };
}

/** Returns the value if it is an object. Throws a ValidationException otherwise. */
export function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw unexpected(where || 'the request', 'an object', value);
}

/** Joins the name of a member to the path of its object. */
export function path(where: string, name: string): string {
  return where ? `${where}.${name}` : name;
}

/** Returns the ValidationException for a value other than the expected one. */
export function unexpected(where: string, expected: string, got: unknown): Error {
  return invalid(
    `${where}: expected ${expected}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}`,
  );
}
