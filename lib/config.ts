import { z } from 'zod';
import { Mistake } from './mistake';
import { SETTINGS, type Settings } from './settings';

/**
 * Reads the `tollgate` object of the context.
 * @throws SettingsError that names every unknown key and every bad value, and what is allowed.
 */
export function readSettings(context: unknown): Settings {
  const read = SETTINGS.safeParse(context ?? {}, { reportInput: true });
  if (read.success) return read.data;
  throw new SettingsError(read.error.issues.map(describe));
}

/** Mistakes in the settings, for the person who wrote them. */
export class SettingsError extends Mistake {
  override readonly name = 'SettingsError';
  constructor(problems: readonly string[]) {
    super(['cdk.json, context "tollgate":', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

type Issue = z.core.$ZodIssue;

function describe(issue: Issue): string {
  const at = issue.path.join('.') || 'tollgate';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => [...issue.path, key].join('.'));
    return `${keys.join(', ')}: unknown key; allowed here: ${allowedKeys(issue.path).join(', ')}`;
  }
  const got = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input);
  return `${at}: ${expectation(issue.message)}, got ${got}`;
}

function allowedKeys(path: readonly PropertyKey[]): string[] {
  const at = path.reduce<z.ZodType>((schema, key) => memberOf(unwrap(schema), key), SETTINGS);
  return Object.keys((unwrap(at) as z.ZodObject).shape);
}

function memberOf(schema: z.ZodType, key: PropertyKey): z.ZodType {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return (schema as z.ZodObject).shape[String(key)] as z.ZodType;
}

/** What is inside optional and default wrappers. */
function unwrap(schema: z.ZodType): z.ZodType {
  const isWrapper = !(schema instanceof z.ZodObject || schema instanceof z.ZodArray);
  return isWrapper ? unwrap((schema as z.ZodOptional<z.ZodType>).unwrap()) : schema;
}

/** zod's "Invalid input: expected number, received string" without what came, which is shown as it is. */
function expectation(message: string): string {
  const text = message.replace(/^Invalid input: /, '').replace(/, received \w+$/, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
