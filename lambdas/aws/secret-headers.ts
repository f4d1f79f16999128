import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Request headers from one secret: a JSON object, so that basic, bearer and token authentication are the same.
 * @throws Error that names the secret, and never shows what is in it.
 */
export async function secretHeaders(
  client: SecretsManagerClient,
  arn: string,
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
  const headers = parseObject(SecretString);
  if (headers && areHeaders(headers)) return headers;
  throw new Error(
    `secret ${arn}: expected a JSON object of request headers such as {"Authorization":"Bearer …"}, got something else`,
  );
}

/** What fetch would refuse, it would quote in its error. */
function areHeaders(headers: object): headers is Record<string, string> {
  try {
    return (
      Object.values(headers).every((value) => typeof value === 'string') &&
      Boolean(new Headers({ ...headers }))
    );
  } catch {
    return false;
  }
}

function parseObject(text = ''): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
