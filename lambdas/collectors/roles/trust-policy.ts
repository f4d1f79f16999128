/**
 * The services that a trust policy lets assume its role, each once, sorted. The document is URL-encoded, as IAM says it.
 * @throws Error that shows what of the document cannot be read.
 */
export function trustedServices(document: string): string[] {
  const statements = manyOf(policyOf(document).Statement).map(statementOf);
  const principals = statements.filter(letsAssume).flatMap(servicesIn);
  return [...new Set(principals.map(shortName))].sort();
}

type Fields = Readonly<Record<string, unknown>>;

/** The actions that allow sts:AssumeRole, in lower case: IAM ignores their case. */
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
  return Effect === 'Allow' && textsIn(Action, 'Action').some((action) => ASSUMING.has(action.toLowerCase()));
}

/** A Principal may also be "*", or name accounts and federations: none of them is a service. */
function servicesIn({ Principal }: Fields): string[] {
  return isFields(Principal) ? textsIn(Principal.Service, 'Principal.Service') : [];
}

/** `states.eu-west-1.amazonaws.com` is `states`; `pods.eks.amazonaws.com` is `pods.eks`. */
function shortName(principal: string): string {
  return principal.replace(/\.amazonaws\.com(\.cn)?$/, '').replace(/\.[a-z]+(-[a-z]+)+-\d+$/, '');
}

/** A text or a list of texts; none where it is not given. */
function textsIn(value: unknown, what: string): string[] {
  const texts = manyOf(value ?? []);
  if (texts.every((text) => typeof text === 'string')) return texts;
  throw unexpected(what, 'a text or a list of texts', value);
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
