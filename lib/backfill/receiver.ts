import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from '../../lambdas/aws/access';
import type { Settings } from '../../lambdas/catalog/settings';
import { isRetired, type SinkSettings, sinkId } from '../../lambdas/catalog/sink-settings';
import { sinkSecrets } from '../../lambdas/sink-secrets';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import type { Sink } from '../../lambdas/sinks/sink';
import { sinkFor } from '../../lambdas/sinks/sink-for';
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

/** Returns the sink of the settings with this URL, with its secrets and its proxy; for any other URL, one without them. */
export async function sinkAt({ sinks }: Settings, url: string, aws: AwsAccess): Promise<Sink> {
  const settings = sinks.find((sink) => sink.type === 'remote-write' && sinkId(sink) === url);
  if (!settings) return remoteWriteSink({ url });
  const credentials = aws.client(SecretsManagerClient).config.credentials;
  return sinkFor(settings, { ...(await sinkSecrets(aws, settings)), credentials });
}

function isReceiving(sink: SinkSettings): sink is Receiving {
  return sink.type !== 'stdout';
}
