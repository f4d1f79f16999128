import { pushgatewaySink } from './pushgateway';
import type { Sink } from './sink';
import { textSink } from './text';

/** Returns the sink for a URL, by its protocol. */
export function sinkFor(url: string, headers: Readonly<Record<string, string>>): Sink {
  return new URL(url).protocol === 'stdout:'
    ? textSink((text) => process.stdout.write(text))
    : pushgatewaySink({ url, headers });
}
