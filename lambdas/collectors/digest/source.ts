import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from '../../aws/access';
import { secretHeaders } from '../../aws/secret-headers';
import { secretText } from '../../aws/secret-text';
import type { DigestSource } from './port';
import { instantQuery } from './prometheus';
import { post, webhookUrl } from './webhook';

export interface DigestEnds {
  readonly prometheusUrl: string;
  readonly prometheusHeadersSecretArn?: string;
  /** Secret that contains the URL and nothing else. */
  readonly webhookSecretArn: string;
}

/** Queries Prometheus and posts to the webhook. The credentials of both are in Secrets Manager. */
export function digestSource(aws: AwsAccess, ends: DigestEnds): DigestSource {
  let headers: Promise<Record<string, string>> | undefined;
  return {
    async query(expression, at) {
      headers ??= prometheusHeaders(aws, ends);
      const options = { url: ends.prometheusUrl, headers: await headers, signal: aws.signal };
      return instantQuery(options, expression, at);
    },
    async post(message) {
      const arn = ends.webhookSecretArn;
      const text = await secretText(aws.client(SecretsManagerClient), arn, aws.signal);
      await post(webhookUrl(text, `secret ${arn}`), message, { signal: aws.signal });
    },
  };
}

async function prometheusHeaders(aws: AwsAccess, { prometheusHeadersSecretArn: arn }: DigestEnds) {
  return arn ? secretHeaders(aws.client(SecretsManagerClient), arn, aws.signal) : {};
}
