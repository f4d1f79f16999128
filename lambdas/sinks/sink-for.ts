import { notBundled } from '../bundled';
import { type SinkSettings, sinkId } from '../catalog/sink-settings';
import { handledExchange, type PushHandler } from './push-handler';
import { pushgatewaySink } from './pushgateway';
import { remoteWriteSink } from './remote-write/remote-write-sink';
import type { SignerOptions } from './remote-write/signer';
import { type Endpoints, targetOf } from './remote-write/target';
import type { Sink } from './sink';
import { textSink } from './text';
import type { ClientTls } from './transport';

/** The values and clients that the settings of a sink only name. */
export interface SinkPorts {
  /** The request headers in its secret. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificates in its secret. @default those of Node.js, and none of the client */
  readonly tls?: ClientTls;
  /** Handles every request to the sink. @default requests are sent as they are */
  readonly push?: PushHandler;
  /** Returns the credentials that sign requests to a workspace. */
  readonly credentials: SignerOptions['credentials'];
  /** The environment variables that replace the hosts of AWS. @default none */
  readonly endpoints?: Endpoints;
}

/** Returns the sink for its settings. */
export function sinkFor(settings: SinkSettings, ports: SinkPorts): Sink {
  if (settings.type === 'stdout') return textSink((text) => process.stdout.write(text));
  const way = { tls: ports.tls, proxyUrl: settings.proxyUrl };
  const options = {
    ...way,
    ...(ports.push && { exchange: handledExchange(ports.push, way), hasSecrets: true }),
    id: sinkId(settings),
    groupingLabels: settings.groupingLabels ?? {},
    headers: ports.headers ?? {},
  };
  if (settings.type === 'pushgateway') return pushgatewaySink({ ...options, url: settings.url });
  return globalThis.WITHOUT_REMOTE_WRITE
    ? notBundled('remote write')
    : remoteWriteSink({ ...options, ...targetOf(settings, ports) });
}
