import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from './aws/access';
import { secretHeaders } from './aws/secret-headers';
import { tlsSecret } from './aws/tls-secret';
import { notBundled } from './bundled';
import type { SinkSettings } from './catalog/sink-settings';
import type { SinkPorts } from './sinks/sink-for';

/** Returns the contents of a sink's secrets. */
export async function sinkSecrets(
  aws: AwsAccess,
  sink: SinkSettings,
): Promise<Pick<SinkPorts, 'headers' | 'tls'>> {
  if (sink.type === 'stdout') return {};
  const { headersSecretArn, tlsSecretArn } = sink;
  return {
    ...(headersSecretArn && { headers: await headersIn(aws, headersSecretArn) }),
    ...(tlsSecretArn && { tls: await tlsIn(aws, tlsSecretArn) }),
  };
}

async function headersIn(aws: AwsAccess, arn: string): Promise<Readonly<Record<string, string>>> {
  return globalThis.WITHOUT_SECRETS
    ? notBundled('secrets')
    : secretHeaders(aws.client(SecretsManagerClient), arn, aws.signal);
}

async function tlsIn(aws: AwsAccess, arn: string): Promise<SinkPorts['tls']> {
  return globalThis.WITHOUT_TLS
    ? notBundled('certificates')
    : tlsSecret(aws.client(SecretsManagerClient), arn, aws.signal);
}
