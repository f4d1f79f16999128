import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * Returns the string in a secret, without the line break that editors leave at its end.
 * @throws Error that names the secret and never shows its value.
 */
export async function secretText(
  client: SecretsManagerClient,
  arn: string,
  abortSignal: AbortSignal,
): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }), { abortSignal });
  const text = SecretString?.trim();
  if (text) return text;
  throw new Error(
    `secret ${arn}: expected a string, got ${SecretString === undefined ? 'none' : 'an empty one'}`,
  );
}
