import * as v from 'valibot';
import { nearest } from './did-you-mean';
import { shownKey, shownValue } from './shown-value';

/** The value with its defaults, or the problems of the input: one per line, each with its path. */
type CheckedInput<T> =
  | { readonly value: T; readonly problems?: undefined }
  | { readonly value?: undefined; readonly problems: readonly string[] };

/** Checks settings or an event against a schema, and returns every problem instead of only the first. */
export function checkInput<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
): CheckedInput<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return { value: parsed.output };
  const bad = parsed.issues.filter((issue) => !isUnknownKey(issue)).map(problemOf);
  return { problems: [...bad, ...unknownKeys(schema, input, [])] };
}

/** Reports whether the issue is an unknown key. Those are collected separately, because valibot finds only the first. */
function isUnknownKey({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

function problemOf({ type, path, message, input }: v.BaseIssue<unknown>): string {
  const keys = (path ?? []).map(({ key }) => String(key));
  const value = type === 'partial_check' ? path?.at(-1)?.value : input; // The input of a check of several keys is their object.
  return `${keys.length > 0 ? `${pathOf(keys)}: ` : ''}${message}, got ${shownValue(value, { key: keys.at(-1) ?? '', type })}`;
}

function pathOf(keys: readonly string[]): string {
  return keys.map(shownKey).join('.');
}

/** Walks the input along the schema; keys of a record are names, so none of them is unknown. */
function unknownKeys(schema: unknown, input: unknown, path: readonly string[]): string[] {
  const { wrapped, entries, item, options } = schema as SchemaParts;
  if (options) return unknownKeys(optionFor(options, input), input, path);
  if (wrapped) return unknownKeys(wrapped, input, path);
  if (Array.isArray(input) && item)
    return input.flatMap((value, index) => unknownKeys(item, value, [...path, String(index)]));
  if (!entries || typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    Object.hasOwn(entries, key)
      ? unknownKeys(entries[key], value, [...path, key])
      : [`${pathOf([...path, key])}: unknown key, ${advice(key, Object.keys(entries))}`],
  );
}

type SchemaParts = Partial<{
  readonly wrapped: unknown;
  readonly entries: Readonly<Record<string, unknown>>;
  readonly item: unknown;
  readonly options: readonly unknown[];
}>;

/** Returns the variant whose word in `type` is that of the input; `{}` if there is none, which the schema reports. */
function optionFor(options: readonly unknown[], input: unknown): unknown {
  const { type } = Object(input) as { readonly type?: unknown };
  const isMeant = (option: unknown) => {
    const { entries } = option as SchemaParts;
    return type !== undefined && (entries?.type as { literal?: unknown } | undefined)?.literal === type;
  };
  return options.find(isMeant) ?? {};
}

function advice(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return meant ? `did you mean "${meant}"?` : `expected one of ${known.join(', ')}`;
}
