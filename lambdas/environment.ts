import { ATTRIBUTION_RULES, type AttributionRule } from './catalog/attribution';
import { COLLECTORS, type CollectorName } from './catalog/collectors';
import {
  ENVIRONMENT,
  EVERY_FUNCTION,
  type VariableDefinition,
  type VariableName,
  type VariableType,
} from './catalog/environment';

interface Values {
  text: string;
  url: string;
  integer: number;
  list: readonly string[];
  rules: readonly AttributionRule[];
}
type Value<V extends VariableName> = Values[(typeof ENVIRONMENT)[V]['type']];
type Optional<V extends VariableName> = (typeof ENVIRONMENT)[V]['required'] extends true ? never : undefined;

/** The variables that the function of a collector reads. */
export type VariableOf<C extends CollectorName> =
  | (typeof EVERY_FUNCTION)[number]
  | (typeof COLLECTORS)[C]['environment'][number];

export type Environment<V extends VariableName> = { readonly [K in V]: Value<K> | Optional<K> };

/**
 * Reads what the collector's function needs, once.
 * @throws Error that names everything missing or wrong.
 */
export function readEnvironment<C extends CollectorName>(
  collector: C,
  variables: Readonly<Record<string, string | undefined>>,
): Environment<VariableOf<C>> {
  const names: readonly VariableName[] = [...EVERY_FUNCTION, ...COLLECTORS[collector].environment];
  const read = names.map((name) => ({ name, ...readVariable(name, variables[name]) }));
  const problems = read.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new Error(`environment: ${problems.join('; ')}`);
  return Object.fromEntries(read.map(({ name, value }) => [name, value])) as Environment<VariableOf<C>>;
}

function readVariable(name: VariableName, text: string | undefined): { value?: unknown; problem?: string } {
  const { type, required }: VariableDefinition = ENVIRONMENT[name];
  if (!text) return required ? { problem: `${name} is missing` } : {};
  const value = READERS[type](text);
  return value === undefined ? { problem: `${name}: expected ${EXPECTED[type]}, got "${text}"` } : { value };
}

const EXPECTED: Readonly<Record<VariableType, string>> = {
  text: 'a text',
  url: 'a URL',
  integer: 'a whole number',
  list: 'a JSON list of texts',
  rules: `a JSON list of ${Object.keys(ATTRIBUTION_RULES).join(' and ')}`,
};

const READERS: Readonly<{ [T in VariableType]: (text: string) => Values[T] | undefined }> = {
  text: (text) => text,
  url: (text) => (URL.canParse(text) ? text : undefined),
  integer: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
  list: (text) => listOf(text, (item): item is string => typeof item === 'string'),
  rules: (text) => listOf(text, (item): item is AttributionRule => String(item) in ATTRIBUTION_RULES),
};

function listOf<T>(text: string, isItem: (item: unknown) => item is T): T[] | undefined {
  const list = parseJson(text);
  return Array.isArray(list) && list.every(isItem) ? list : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
