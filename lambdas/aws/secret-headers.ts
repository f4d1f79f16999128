import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Returns the request headers that a secret holds as a JSON object.
 * @throws Error that names the secret and never shows its value.
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

/** Checks names and values, because Node.js would quote an invalid header in its error. */
function areHeaders(headers: object): headers is Record<string, string> {
  return Object.entries(headers).every(
    ([name, value]) => NAME.test(name) && typeof value === 'string' && VALUE.test(value.trim()),
  );
}

/** A token of RFC 9110, the form of a header's name. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Removes the line break that editors and `base64` leave at the end of a value. */
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
