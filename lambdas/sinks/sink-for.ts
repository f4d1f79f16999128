import { notBundled } from '../bundled';
import { type SinkSettings, sinkId } from '../catalog/sink-settings';
import { pushgatewaySink } from './pushgateway';
import type { Sink } from './sink';
import { textSink } from './text';

/** The ports of a sink: what its settings only name. */
export interface SinkPorts {
  /** The request headers in its secret. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificates in its secret. @default those of Node.js, and none of the client */
  readonly tls?: ClientTls;
  /** Returns the credentials that sign requests to a workspace. */
  readonly credentials: () => Promise<Credentials>;
}

/** PEM strings for a TLS connection. */
export interface ClientTls {
  /** The authorities that may sign the server's certificate. */
  readonly ca?: string;
  /** The client's certificate. */
  readonly cert?: string;
  /** The private key of the client's certificate. */
  readonly key?: string;
}

/** Credentials of AWS. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Returns the sink for its settings. */
export function sinkFor(settings: SinkSettings, ports: SinkPorts): Sink {
  if (settings.type === 'stdout') return textSink((text) => process.stdout.write(text));
  const options = {
    id: sinkId(settings),
    groupingLabels: settings.groupingLabels ?? {},
    headers: ports.headers ?? {},
  };
  if (settings.type === 'pushgateway') return pushgatewaySink({ ...options, url: settings.url });
  return globalThis.WITHOUT_REMOTE_WRITE ? notBundled('remote write') : notBundled('remote write');
}
