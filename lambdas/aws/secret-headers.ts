import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Returns the request headers in one secret: a JSON object, so that basic, bearer and token authentication are the same.
 * @throws Error that names the secret, and never shows what is in it.
 */
export async function secretHeaders(
  client: SecretsManagerClient,
  arn: string,
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
  const headers = parseObject(SecretString);
  if (headers && areHeaders(headers)) return withTrimmedValues(headers);
  throw new Error(
    `secret ${arn}: expected a JSON object of request headers such as {"Authorization":"Bearer …"}, got a value of another form`,
  );
}

/** Node.js would quote what it refuses in its error, so names and values are checked here. */
function areHeaders(headers: object): headers is Record<string, string> {
  return Object.entries(headers).every(
    ([name, value]) => NAME.test(name) && typeof value === 'string' && VALUE.test(value.trim()),
  );
}

/** Tokens and field values of RFC 9110. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Editors and `base64` leave a line break at the end of a value. */
function withTrimmedValues(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]));
}

function parseObject(text = ''): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
