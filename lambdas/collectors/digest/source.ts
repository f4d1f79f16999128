import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from '../../aws/access';
import { secretHeaders } from '../../aws/secret-headers';
import { secretText } from '../../aws/secret-text';
import type { CollectorSettings } from '../../catalog/function-settings';
import type { DigestSource } from './port';
import { instantQuery } from './prometheus';
import { post, webhookUrl } from './webhook';

type DigestSettings = CollectorSettings<'digest'>['digest'];

/** Reads Prometheus and posts to the webhook; their credentials are in Secrets Manager. */
export function digestSource(
  aws: AwsAccess,
  { digest }: Pick<CollectorSettings<'digest'>, 'digest'>,
): DigestSource {
  let headers: Promise<Record<string, string>> | undefined;
  return {
    async query(expression, at) {
      headers ??= prometheusHeaders(aws, digest);
      const options = { url: digest.prometheusUrl, headers: await headers, signal: aws.signal };
      return instantQuery(options, expression, at);
    },
    async post(message) {
      const arn = digest.webhookSecretArn;
      const text = await secretText(aws.client(SecretsManagerClient), arn, aws.signal);
      await post(webhookUrl(text, `secret ${arn}`), message, { signal: aws.signal });
    },
  };
}

async function prometheusHeaders(aws: AwsAccess, { prometheusHeadersSecretArn: arn }: DigestSettings) {
  return arn ? secretHeaders(aws.client(SecretsManagerClient), arn, aws.signal) : {};
}
