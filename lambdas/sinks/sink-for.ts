import { pushgatewaySink } from './pushgateway';
import type { Sink } from './sink';
import { textSink } from './text';

/** The sink that a URL asks for, by its protocol. */
export function sinkFor(url: string, headers: Readonly<Record<string, string>>): Sink {
  return new URL(url).protocol === 'stdout:'
    ? textSink((text) => process.stdout.write(text))
    : pushgatewaySink({ url, headers });
}
