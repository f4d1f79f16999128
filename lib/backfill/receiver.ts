import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from '../../lambdas/aws/access';
import { secretHeaders } from '../../lambdas/aws/secret-headers';
import type { Settings } from '../../lambdas/catalog/settings';
import { isRetired, type SinkSettings, sinkId } from '../../lambdas/catalog/sink-settings';
import { UserError } from '../user-error';

type Receiving = Exclude<SinkSettings, { readonly type: 'stdout' }>;

/**
 * Returns the URL of a receiver unchanged.
 * @throws UserError for a receiver that refuses every sample of the past.
 */
export function receiverOfThePast(url: string): string {
  if (!/^aps-workspaces\./.test(new URL(url).hostname)) return url;
  throw new UserError(
    'expected a receiver that accepts old samples, got a workspace of Amazon Managed Service for Prometheus, which refuses samples that are older than one hour; --out writes a file for any other Prometheus',
  );
}

/**
 * Returns the labels that the installation adds to every series: its deployment, and those of the sink with this URL, or else of the first sink, so
 * that the past has the same series as the present.
 */
export function labelsAt({ sinks, deployment }: Settings, url?: string): Readonly<Record<string, string>> {
  const receivers = sinks.filter(isReceiving);
  const sink = receivers.find((one) => sinkId(one) === url) ?? receivers.find((one) => !isRetired(one));
  return { ...(deployment && { deployment }), ...sink?.groupingLabels };
}

/** Returns the secret headers of the sink with this URL; none for any other URL. */
export async function headersFor(
  { sinks }: Settings,
  url: string,
  aws: AwsAccess,
): Promise<Readonly<Record<string, string>>> {
  const sink = sinks.filter(isReceiving).find((one) => sinkId(one) === url);
  if (!sink?.headersSecretArn) return {};
  return secretHeaders(aws.client(SecretsManagerClient), sink.headersSecretArn, aws.signal);
}

function isReceiving(sink: SinkSettings): sink is Receiving {
  return sink.type !== 'stdout';
}
