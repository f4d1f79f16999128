import { createPrivateKey, X509Certificate } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** PEM strings for connections with TLS. */
interface TlsSecret {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * Returns the certificates and the key that a secret holds as a JSON object of PEM strings.
 * @throws Error that names the secret and the member, and never shows a value.
 */
export async function tlsSecret(
  client: SecretsManagerClient,
  arn: string,
  abortSignal: AbortSignal,
): Promise<TlsSecret> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
  const members = parseObject(SecretString);
  const problem = members ? problemOf(members) : `${EXPECTED}, got a value of another form`;
  if (problem) throw new Error(`secret ${arn}: ${problem}`);
  return members as TlsSecret;
}

const EXPECTED = 'expected a JSON object of PEM strings such as {"ca":"…","cert":"…","key":"…"}';

/** Each member with its kind and its check, which throws. */
const MEMBERS: Readonly<Record<string, { readonly kind: string; readonly read: (pem: string) => unknown }>> =
  {
    ca: { kind: 'certificates in PEM', read: (pem) => certificatesIn(pem) },
    cert: { kind: 'certificates in PEM', read: (pem) => certificatesIn(pem) },
    key: { kind: 'a private key in PEM, without a passphrase', read: createPrivateKey },
  };

/** Returns the first problem. It shows names of members only if they are known, because a name could be a misplaced secret. */
function problemOf(members: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(members);
  if (names.length === 0 || names.some((name) => !Object.hasOwn(MEMBERS, name)))
    return `${EXPECTED}, got ${names.length === 0 ? 'no member' : 'another member'}`;
  for (const [name, { kind, read }] of Object.entries(MEMBERS))
    if (name in members && !succeeds(() => read(textOf(members[name]))))
      return `${name}: expected ${kind} with its line breaks (\\n in JSON), got a value of another form`;
  if ('cert' in members !== 'key' in members)
    return `expected "cert" and "key" together, got ${'cert' in members ? '"cert"' : '"key"'} alone`;
  return keyMatches(members)
    ? undefined
    : 'expected the key of the certificate in "cert", got another key in "key"';
}

function keyMatches({ cert, key }: Readonly<Record<string, unknown>>): boolean {
  if (cert === undefined) return true;
  const [own] = certificatesIn(textOf(cert));
  return own?.checkPrivateKey(createPrivateKey(textOf(key))) ?? false;
}

/** @throws Error for a string without certificates, and for one that cannot be read. */
function certificatesIn(pem: string): X509Certificate[] {
  const all = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (all.length === 0) throw new Error('no certificate');
  return all.map((one) => new X509Certificate(one));
}

/** @throws TypeError for anything else, because `createPrivateKey` also takes other forms of keys. */
function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('no string');
  return value;
}

function succeeds(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function parseObject(text = ''): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
