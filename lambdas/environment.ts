import { ATTRIBUTION_RULES, type AttributionRule } from './catalog/attribution';
import { COLLECTORS, type CollectorName } from './catalog/collectors';
import {
  ENVIRONMENT,
  EVERY_FUNCTION,
  METRIC_PROFILES,
  type Member,
  type MetricProfile,
  type VariableDefinition,
  type VariableName,
  type VariableType,
  WEBHOOK_FORMATS,
  type WebhookFormat,
} from './catalog/environment';

interface Values {
  text: string;
  url: string;
  integer: number;
  flag: boolean;
  list: readonly string[];
  rules: readonly AttributionRule[];
  members: readonly Member[];
  names: Readonly<Record<string, string>>;
  profile: MetricProfile;
  format: WebhookFormat;
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
  flag: 'true or false',
  list: 'a JSON list of texts',
  rules: `a JSON list of ${Object.keys(ATTRIBUTION_RULES).join(' and ')}`,
  members: 'a JSON list of objects with accountId, roleArn and perhaps externalId',
  names: 'a JSON object of texts',
  profile: `one of ${METRIC_PROFILES.join(', ')}`,
  format: `one of ${WEBHOOK_FORMATS.join(', ')}`,
};

const READERS: Readonly<{ [T in VariableType]: (text: string) => Values[T] | undefined }> = {
  text: (text) => text,
  url: (text) => (URL.canParse(text) ? text : undefined),
  integer: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
  flag: (text) => ({ true: true, false: false })[text],
  list: (text) => listOf(text, isText),
  rules: (text) => listOf(text, (item): item is AttributionRule => String(item) in ATTRIBUTION_RULES),
  members: (text) => listOf(text, isMember),
  names: (text) => namesIn(parseJson(text)),
  profile: (text) => METRIC_PROFILES.find((profile) => profile === text),
  format: (text) => WEBHOOK_FORMATS.find((format) => format === text),
};

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isMember(value: unknown): value is Member {
  const { accountId, roleArn, externalId = '' } = Object(value) as Partial<Record<keyof Member, unknown>>;
  return isText(accountId) && isText(roleArn) && isText(externalId);
}

function namesIn(value: unknown): Record<string, string> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.values(value).every(isText) ? (value as Record<string, string>) : undefined;
}

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
