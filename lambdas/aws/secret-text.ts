import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/**
 * The text of a secret, without the line break that editors leave at its end.
 * @throws Error that names the secret, and never shows what is in it.
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
    `secret ${arn}: expected a text, got ${SecretString === undefined ? 'none' : 'an empty one'}`,
  );
}
