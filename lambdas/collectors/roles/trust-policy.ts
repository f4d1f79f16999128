/**
 * Returns the services that a trust policy lets assume its role, sorted, each once. The document is URL-encoded JSON.
 * @throws Error with the part of the document that cannot be read.
 */
export function trustedServices(document: string): string[] {
  const statements = manyOf(policyOf(document).Statement).map(statementOf);
  const principals = statements.filter(letsAssume).flatMap(servicesIn);
  return [...new Set(principals.map(shortName))].sort();
}

type Fields = Readonly<Record<string, unknown>>;

/** The actions that allow sts:AssumeRole, in lower case, because IAM ignores case. */
const ASSUMING: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerole*',
  'sts:assume*',
  'sts:*',
  '*',
]);

function policyOf(document: string): Fields {
  const policy = parsed(document);
  if (isFields(policy) && policy.Statement !== undefined) return policy;
  throw new Error(`trust policy: expected URL-encoded JSON with a Statement, got "${shortened(document)}"`);
}

function parsed(document: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(document));
  } catch {
    return undefined;
  }
}

function statementOf(statement: unknown): Fields {
  if (isFields(statement)) return statement;
  throw unexpected('each Statement', 'an object', statement);
}

function letsAssume({ Effect, Action }: Fields): boolean {
  return (
    Effect === 'Allow' && stringsIn(Action, 'Action').some((action) => ASSUMING.has(action.toLowerCase()))
  );
}

/** Returns the services of a Principal. Accounts, federations and "*" are no services. */
function servicesIn({ Principal }: Fields): string[] {
  return isFields(Principal) ? stringsIn(Principal.Service, 'Principal.Service') : [];
}

/** Returns `states` for `states.eu-west-1.amazonaws.com`, and `pods.eks` for `pods.eks.amazonaws.com`. */
function shortName(principal: string): string {
  return principal.replace(/\.amazonaws\.com(\.cn)?$/, '').replace(/\.[a-z]+(-[a-z]+)+-\d+$/, '');
}

/** Returns a string or an array of strings as an array; an absent value is an empty array. */
function stringsIn(value: unknown, what: string): string[] {
  const strings = manyOf(value ?? []);
  if (strings.every((one) => typeof one === 'string')) return strings;
  throw unexpected(what, 'a string or an array of strings', value);
}

function manyOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unexpected(what: string, expected: string, got: unknown): Error {
  return new Error(`trust policy: expected ${what} to be ${expected}, got ${shortened(JSON.stringify(got))}`);
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
