import type { z } from 'zod';
import { SETTINGS } from '../settings';

/** The settings of cdk.json as a Markdown table, from the schema that checks them. */
export function settingsTable(): string {
  const rows = rowsOf(SETTINGS, '').map(
    ({ key, fallback, meaning }) => `| \`${key}\` | ${fallback} | ${meaning} |`,
  );
  return ['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

interface Row {
  readonly key: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** An object's own row comes first where it has something to say; keys are joined by dots, as errors name them. */
function rowsOf(schema: z.ZodObject, prefix: string): Row[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const key = `${prefix}${name}`;
    const inner = objectIn(field);
    const own = field.description ? [{ key, fallback: fallbackOf(field), meaning: field.description }] : [];
    return [...own, ...(inner ? rowsOf(inner, `${key}.`) : [])];
  });
}

function objectIn(field: z.ZodType): z.ZodObject | undefined {
  const wrapped = field as Partial<z.ZodOptional<z.ZodType>>;
  if ('shape' in field) return field as z.ZodObject;
  return wrapped.def?.innerType ? objectIn(wrapped.def.innerType) : undefined;
}

/** What the field becomes when it is left out. */
function fallbackOf(field: z.ZodType): string {
  const read = field.safeParse(undefined);
  if (!read.success) return 'required';
  return read.data === undefined ? 'none' : `\`${JSON.stringify(read.data)}\``;
}
