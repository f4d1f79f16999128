import * as v from 'valibot';
import { SETTINGS } from '../../lambdas/catalog/settings';
import { code, markdownTable } from './markdown';

/** Returns the settings as a Markdown table, from the schema that checks them. */
export function settingsTable(): string {
  const rows = rowsOf(SETTINGS.entries, '');
  return markdownTable(
    ['setting', 'default', 'meaning'],
    rows.map(({ key, fallback, meaning }) => [code(key), REQUIRED.has(key) ? 'required' : fallback, meaning]),
  );
}

/** Settings that empty settings lack. A check of several settings demands `sinks`, which may be missing beside `pushgateway`. */
const REQUIRED: ReadonlySet<unknown> = new Set(
  v.safeParse(SETTINGS, {}).issues?.map(({ path }) => path?.[0].key),
);

interface Row {
  readonly key: string;
  readonly fallback: string;
  readonly meaning: string;
}

type Entry = v.GenericSchema &
  Partial<{ wrapped: Entry; entries: Entries; item: Entry; options: readonly unknown[] }>;
type Entries = Readonly<Record<string, Entry>>;

/** Returns the row of an object before the rows of its keys. Their names are joined by dots, as in errors. */
function rowsOf(entries: Entries, prefix: string): Row[] {
  return Object.entries(entries).flatMap(([name, entry]) => {
    const key = `${prefix}${name}`;
    const meaning = v.getDescription(entry);
    const inner = innerOf(entry);
    return [
      ...(meaning ? [{ key, fallback: fallbackOf(entry), meaning }] : []),
      ...(inner ? rowsOf(inner, isArray(entry) ? `${key}[].` : `${key}.`) : []),
    ];
  });
}

function isArray({ wrapped, item }: Entry): boolean {
  return item !== undefined || (wrapped !== undefined && isArray(wrapped));
}

/** Returns the keys of an object, or those that any variant of the objects in an array has. */
function innerOf({ entries, wrapped, item, options = [] }: Entry): Entries | undefined {
  const inner = wrapped ?? item;
  if (inner) return innerOf(inner);
  const variants = options.map((option) => (option as Entry).entries).filter((one) => one !== undefined);
  return entries ?? (variants.length > 0 ? Object.assign({}, ...variants.reverse()) : undefined);
}

/** Returns the default of a setting. */
function fallbackOf(entry: Entry): string {
  const { success, output } = v.safeParse(entry, undefined);
  if (!success) return 'required';
  return output === undefined ? 'none' : code(JSON.stringify(output));
}
