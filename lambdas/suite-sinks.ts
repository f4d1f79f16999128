import type { AwsAccess } from './aws/access';
import { defaultProvider } from './aws/environment-credentials';
import { isRetired, type SinkSettings, sinkId } from './catalog/sink-settings';
import type { SuiteSink } from './run/ports';
import { sinkSecrets } from './sink-secrets';
import type { PushHandler } from './sinks/push-handler';
import type { Sink } from './sinks/sink';
import { sinkFor } from './sinks/sink-for';
import { unusableSink } from './sinks/unusable';

/** Returns the sinks of the settings. One whose secret cannot be read rejects every call, and the others are used. */
export function suiteSinks(
  aws: AwsAccess,
  sinks: readonly SinkSettings[],
  push?: PushHandler,
): Promise<SuiteSink[]> {
  return Promise.all(
    sinks.map(async (settings) => ({
      ...TREATMENTS[settings.type],
      sink: await usableOrNot(aws, settings, push),
      isRetired: isRetired(settings),
    })),
  );
}

/** The treatment of a sink by its type. Remote write has no groups except those in the ledger. */
const TREATMENTS: Readonly<Record<SinkSettings['type'], Omit<SuiteSink, 'sink' | 'isRetired'>>> = {
  pushgateway: { keepsGroups: true, mayHoldMore: true },
  'remote-write': { keepsGroups: true, mayHoldMore: false },
  stdout: { keepsGroups: false, mayHoldMore: false },
};

async function usableOrNot(aws: AwsAccess, settings: SinkSettings, push?: PushHandler): Promise<Sink> {
  try {
    const secrets = await sinkSecrets(aws, settings);
    return sinkFor(settings, { ...secrets, push, credentials: defaultProvider(), endpoints: process.env });
  } catch (error) {
    const { groupingLabels = {} } = settings.type === 'stdout' ? {} : settings;
    return unusableSink({ id: sinkId(settings), groupingLabels, reason: error });
  }
}
