import { pushgatewaySink } from './pushgateway';
import type { Sink } from './sink';
import { textSink } from './text';

/** Returns the sink for a URL, by its protocol. */
export function sinkFor(url: string, headers: Readonly<Record<string, string>>): Sink {
  const { protocol, username, password } = new URL(url);
  if (username || password)
    throw new Error(
      'TOLLGATE_PUSHGATEWAY_URL: expected no credentials in the URL; they belong in the headers secret',
    );
  const make = SINKS[protocol];
  if (!make)
    throw new Error(`TOLLGATE_PUSHGATEWAY_URL: expected ${Object.keys(SINKS).join(', ')}, got "${url}"`);
  return make(url, headers);
}

const SINKS: Readonly<Record<string, (url: string, headers: Readonly<Record<string, string>>) => Sink>> = {
  'http:': (url, headers) => pushgatewaySink({ url, headers }),
  'https:': (url, headers) => pushgatewaySink({ url, headers }),
  'stdout:': () => textSink((text) => process.stdout.write(text)),
};
